"""Pages of rounds: of the office that holds them, of each side, and of everybody."""
