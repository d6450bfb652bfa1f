"""Pages of a running agreement: fetch, act, say, go. One module for each part of it."""
