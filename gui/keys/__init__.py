"""Keys: how a person changes them, and how hints name them.

Does not belong here: what a key does. The actions with their own keys are listed in `gui.shell.actions` and
`gui.shell.main_window`.
"""
