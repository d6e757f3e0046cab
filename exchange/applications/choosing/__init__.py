"""Giving each field of an application its column of a table, by headings first and by values in doubt.

`choose` goes through the fields in their order; `exchange.applications.columns` asks it. `Choice` is how far
it has come, the other modules are what it goes by.

Does not belong here: rules on the words of one heading (beside this folder), words of examples (`likely`).
"""
