"""What a person trusts the house with: values under a key of their own, who looked, what was allowed, what is to go."""
