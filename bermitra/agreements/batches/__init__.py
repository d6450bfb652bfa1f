"""One text of a partner with many villages: proposed to each, decided by each for itself."""
