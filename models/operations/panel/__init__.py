"""Changes about the panel: members, declarations, sheets, marks, meetings.

Does not belong here: what the other seven words name (see `models.operations`).
"""
