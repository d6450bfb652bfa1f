"""9. Indicators, progress, residents' verification, evaluation, official reports."""
