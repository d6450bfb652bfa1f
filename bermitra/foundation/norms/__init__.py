"""Numbers and local words per regency, each with its legal basis and date."""
