"""One screen each: a page asks the workspace for figures and shows them.

Does not belong here: rules, sums and questions (`scoring`, `models`), and what several pages share
(`gui.widgets`, `gui.tables`, `gui.dialogs`).
"""
