"""The values of lists that an office publishes, and of what it gives when it is asked.

Does not belong here: open data (see `models.papers.open_data`).
"""
