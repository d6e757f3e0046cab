"""Scoring: a member's sheets, read and marked side by side, or typed in a grid from paper.

Does not belong here: what a sheet needs to be handed in (`scoring.marks`).
"""
