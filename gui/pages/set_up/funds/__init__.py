"""The page Funds: the record's funds, and what each fund's rounds start from.

Does not belong here: a round's own rules (criteria, areas), and how a year's money is spread.
"""
