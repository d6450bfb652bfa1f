"""The inbox of every office, and wa.me texts that a person sends by tapping."""
