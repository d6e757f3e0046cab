"""Ranking & budget: the ranked list, its money, and what the panel recommends.

Does not belong here: the list itself (`scoring`) and what is tried with it (`models.queries.deciding`).
"""
