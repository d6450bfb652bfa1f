"""Offers of partners: what they bring, what they seek in return, where, for how many villages, and until when."""
