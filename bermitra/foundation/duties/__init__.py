"""What is due from whom by when; closed by the act that does it."""
