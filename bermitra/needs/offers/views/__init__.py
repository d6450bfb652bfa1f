"""Pages of offers: a partner fills one in part by part; the regency of its register looks at what it can do."""
