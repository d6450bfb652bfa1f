"""Pages of the lists: of a village, of an offer, of a regency, and of one pair."""
