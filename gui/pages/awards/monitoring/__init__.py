"""Monitoring: what was agreed with recipients, what they report, and what is missing."""
