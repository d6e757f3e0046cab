"""Criteria & scale: the criteria, the scale of marks, weights and rules, and publishing them.

Does not belong here: what a scheme means and may become (`scoring`).
"""
