"""Notices of decision from the record."""
