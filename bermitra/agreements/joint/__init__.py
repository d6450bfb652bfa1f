"""Agreements between villages: the Peraturan Bersama of their heads, and the body (BKAD) that carries it out."""
