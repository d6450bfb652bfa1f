"""The pages of draws: prepared by their organiser, held in a meeting, open to everybody."""
