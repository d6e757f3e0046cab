"""Registers loaded, and what people recorded of an award's checks."""
