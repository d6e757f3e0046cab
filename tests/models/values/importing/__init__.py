"""What an import finds."""
