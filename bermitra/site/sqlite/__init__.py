"""Django's own SQLite, told what it would otherwise try out (Django's "Subclassing the built-in database backends")."""
