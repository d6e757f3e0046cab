"""What a paper looks like before it is written: pages, sheets, letters.

Does not belong here: the writing.
"""
