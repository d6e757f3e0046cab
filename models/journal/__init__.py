"""Changes to a record and its journal: made, done over again, checked, erased; what others changed meanwhile.

Does not belong here: operations themselves, and the chain (`models.store.chain`).
"""
