"""Province > regency > district > village: the register, its decrees and its aliases."""
