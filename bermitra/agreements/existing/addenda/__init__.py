"""Addenda to agreements that were registered: what the scan says, quoted, and what shall hold instead."""
