"""Setting a round up: criteria, scale, areas, rules, and starting a round.

Does not belong here: settings of this computer.
"""
