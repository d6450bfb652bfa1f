"""Handing over: goods, works and land pass from one side to the other, row by row, and a paper says so (BAST)."""
