"""How awards were varied, and what was asked back of them.

Does not belong here: the awards themselves and what is paid (see `models.queries.awards`), and changes.
"""
