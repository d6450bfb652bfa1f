"""Cooperation between villages: one text before each village's Musyawarah, their delegates, the Musyawarah antar-Desa."""
