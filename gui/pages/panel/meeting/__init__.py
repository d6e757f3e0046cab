"""Meeting: the panel's marks side by side, what it agrees with reasons, who is there, and the minutes.

Does not belong here: when an item may close (`scoring.marks`).
"""
