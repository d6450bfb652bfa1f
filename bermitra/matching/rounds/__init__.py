"""Rounds: a regency invites all its eligible villages, both sides order what fits, and pairs are introduced to one another."""
