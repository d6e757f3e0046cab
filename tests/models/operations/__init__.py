"""Every operation: applied, refused, undone."""
