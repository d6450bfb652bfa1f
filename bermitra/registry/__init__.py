"""1. Who: villages, partners of every kind, due diligence, the sanction register."""
