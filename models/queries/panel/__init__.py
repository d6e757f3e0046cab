"""Questions about the panel: members, declarations, sheets, marks, meetings, and what the round needs next.

Does not belong here: what the other seven words name (see `models.queries`).
"""
