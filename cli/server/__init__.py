"""The command `server`: a record on an office server set up, its people let in, and all of it looked over.

Does not belong here: what a locked record lets whom do (`models.store.locks`).
"""
