"""Pages about personal data: one's own, and the regency's counter."""
