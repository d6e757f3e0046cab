"""The agreement of the award at hand: what is known of it, who signed it, and subsidy control.

Does not belong here: its pages, which *Papers* writes, and what is paid under it.
"""
