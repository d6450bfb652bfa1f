"""Working pages: fetch, act, say, go. One module for each kind of record."""
