"""Ranking & budget: the ranked list, its money, and what the panel recommends."""
