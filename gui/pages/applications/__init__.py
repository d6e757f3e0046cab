"""The Applications page: what came in, its gates, what went before, duplicates, and the form by hand.

Does not belong here: what an application must hold (`exchange.applications`) and its gates' rules
(`scoring`).
"""
