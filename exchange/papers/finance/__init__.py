"""The finance schedule: payments, accounts, sums and controls.

Does not belong here: who may see accounts.
"""
