"""Which column is likeliest to hold a field that no rule knows: words of examples, and looks of values.

The same words tell which answers are to the question of a gate.

Does not belong here: rules on one heading (beside this folder), and reading a cell as its field.
"""
