"""6. Calls, sealed proposals, panel, scores, objections, award."""
