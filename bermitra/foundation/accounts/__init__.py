"""People, roles that explain themselves, appointments, the one permission table, access letters."""
