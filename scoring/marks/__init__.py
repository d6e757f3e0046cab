"""Marks: who counts, how they combine, what one sheet comes to, and the meeting's order.

Does not belong here: money.
"""
