"""3. What for: needs and potentials of villages, offers of partners."""
