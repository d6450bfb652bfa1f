"""Memoranda and what is made under them; one text of a partner with many villages."""
