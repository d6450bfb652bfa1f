"""Pages of what happens to a running agreement: fetch, act, say, go."""
