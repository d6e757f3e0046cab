"""Trying a scheme out before it is published: dummy applications and made-up rounds.

Does not belong here: the sums of it (`scoring.publishing`, `scoring.sensitivity`).
"""
