"""Boxes that ask or tell one thing and close."""
