"""2. How a village decides: Musyawarah Desa, attendance, quorum, votes, minutes, consent."""
