"""The overview: what the round comes to today, and what needs the person next.

Does not belong here: what is left to do (`models.queries.panel`).
"""
