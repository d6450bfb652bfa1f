"""Agreements that ran before the system came: recorded with what is known, what is missing listed, nothing guessed."""
