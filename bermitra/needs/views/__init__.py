"""Pages of needs, priorities and potentials: fetch, act, say, go. A file for each, as among the actions."""
