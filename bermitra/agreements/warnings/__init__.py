"""Warnings: a side tells the other in writing what it has not done, until when to make it good, and what follows."""
