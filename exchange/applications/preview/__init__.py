"""What an import would do before it does it: drafts, each row as it would be taken, what is left out.

Does not belong here: reading a table (beside this folder), and how any of it is shown.
"""
