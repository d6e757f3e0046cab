"""Monitoring: what was agreed with recipients, what they report, and what is missing.

Does not belong here: when returns fall due (`models.operations.awards`) and the workbook
(`exchange.papers.monitoring`).
"""
