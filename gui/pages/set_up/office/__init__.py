"""The page Office: what papers and pages say of the office.

Does not belong here: who publishes open data (`settings`), and the areas of a round (`set_up.areas`).
"""
