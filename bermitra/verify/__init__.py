"""``bermitra-verify``: is this file the one that was signed and registered? Without the instance, without network."""
