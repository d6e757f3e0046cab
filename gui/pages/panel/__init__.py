"""Panel & interests: who sits on the panel, what each declared, and whether quorum holds.

Does not belong here: quorum and interests as rules (`scoring`, `models.permissions`).
"""
