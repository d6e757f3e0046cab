"""Taking in applications."""
