"""The public pages, a file for each kind of thing."""
