"""Due diligence as values: the checks of an award, and what public registers say.

Does not belong here: how files of registers are laid out (see `exchange.registers`).
"""
