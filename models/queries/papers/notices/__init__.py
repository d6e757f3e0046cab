"""Notices of decision: their lines, what is told of the decision and its money, and what the public reads.

Does not belong here: their words and pages (`exchange.papers.prose_papers`), and the decisions
(`models.queries.deciding`).
"""
