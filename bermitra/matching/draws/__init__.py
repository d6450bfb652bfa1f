"""Draws of lots among the villages of a regency for the scarce places of a programme."""
