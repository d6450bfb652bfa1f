"""Who holds which office, how it passes on, what is entered in whose name. Needs duties and messages, so it stands above."""
