"""The command, as a terminal sees it."""
