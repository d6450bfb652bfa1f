"""Pages of the Musyawarah: fetch, act, say, go. A file for each part of its life, as among the actions."""
