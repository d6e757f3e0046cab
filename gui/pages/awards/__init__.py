"""Awards and payments: what was decided, in which parts it is paid, and what was paid.

Does not belong here: the sums of instalments (`scoring.allocating`) and who may pay (`models.permissions`).
"""
