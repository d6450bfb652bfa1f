"""The tables that villages keep in spreadsheets: read row by row with what to repair, and written again in their columns."""
