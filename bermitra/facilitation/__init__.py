"""11. Government: dialogue, assistance, policies, equity board."""
