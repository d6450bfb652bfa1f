"""Pages about people, offices, written powers and entries made for a village."""
