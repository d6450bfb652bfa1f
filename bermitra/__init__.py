"""Bermitra — Kemitraan Desa: villages form, run and oversee partnerships in the open."""
