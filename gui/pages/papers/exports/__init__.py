"""The Papers page: every paper as it will be written, what was issued of it, and issuing the next version.

Does not belong here: what a paper says (`models.papers`) and how it is set (`exchange.papers`).
"""
