"""Recording challenges to decisions, who looks at them, and what comes of them.

Does not belong here: the new decision that one calls for (see `models.operations.deciding`), and questions.
"""
