"""Pages of an agreement: fetch, act, say, go."""
