"""What ships and rounds start from: funds, schemes, scales, earlier years' tables.

Does not belong here: what an office changed.
"""
