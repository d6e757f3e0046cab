"""Who is at the window: locking, passphrases, identity.

Does not belong here: encryption itself, which is in `models.store`.
"""
