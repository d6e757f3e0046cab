"""Which column is likeliest to hold a field that no rule knows: words of examples, and looks of values.

Does not belong here: rules on one heading (beside this folder), and reading a cell as its field.
"""
