"""Changing awards after they were made, and asking money of them back.

Does not belong here: payments and what waits for them (see `models.operations.awards`), and questions.
"""
