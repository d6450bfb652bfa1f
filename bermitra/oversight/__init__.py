"""10. Complaints, breaches, warnings, sanctions, disputes, endings."""
