"""A scheme before it is published: drafting, proof, trying out, and criteria set aside.

Does not belong here: the sums of a real round (`scoring.marks`, `scoring.places`).
"""
