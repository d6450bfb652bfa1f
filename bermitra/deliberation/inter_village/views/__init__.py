"""Pages of cooperation between villages: the offer, and the Musyawarah antar-Desa on it."""
