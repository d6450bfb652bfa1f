"""Consent of those whose land, forest, custom, homes or water a cooperation touches (PADIATAPA): asked first, free to say no."""
