"""What the record knows of awards without a competition: their rounds, routes, contracts and dates.

Does not belong here: payments, accounts and monitoring, which are as for any other award.
"""
