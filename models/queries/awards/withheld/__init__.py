"""Names that the public is not told: recorded of an award, or withheld with its whole notice.

Does not belong here: how papers for the public read without them (see `models.queries.papers.transparency`).
"""
