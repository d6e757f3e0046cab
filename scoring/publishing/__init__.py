"""A scheme before it is published: drafting, proof, trying out.

Does not belong here: rounds.
"""
