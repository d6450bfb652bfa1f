"""Pages of a selection: fetch, act, say, go."""
