"""Changes about retention: how long applications are kept, holds and erasures.

Does not belong here: what the other seven words name (see `models.operations`).
"""
