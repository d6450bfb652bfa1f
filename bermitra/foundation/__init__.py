"""What every stage stands on and what knows nothing of partnerships: rules, doors, journal, people, places, papers."""
