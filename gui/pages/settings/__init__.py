"""Settings: the look and keys of this computer, the safety of the record, and what it is marked with.

Does not belong here: the round's criteria, areas and rules (`gui.pages.set_up`).
"""
