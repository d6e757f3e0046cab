"""The sums: from a panel's marks to totals, places and offers of money.

Belongs here: frozen values for schemes, rounds and results, and pure functions over them, in exact
arithmetic. Does not belong here: files, the record, windows, the clock, anything random that is not seeded,
and any import of our other packages. The rules are those of the guide's page scoring; a module
that carries one of its sections out names it, as (guide, scoring 5).
"""
