"""Settings, addresses, base templates, components, static files, translations."""
