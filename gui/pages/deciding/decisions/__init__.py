"""Decisions: what the panel recommends on the left, what the deciding office says to it on the right."""
