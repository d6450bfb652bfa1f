"""Append-only, hash-chained events with signed checkpoints and inclusion proofs."""
