"""Pages of the Peraturan Bersama."""
