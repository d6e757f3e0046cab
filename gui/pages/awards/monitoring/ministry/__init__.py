"""The fund's returns to the Ministry on the Monitoring page: its periods, one of them, and submitting it.

Does not belong here: the returns of single awards, and how a period is summed (`models.papers.ministry`).
"""
