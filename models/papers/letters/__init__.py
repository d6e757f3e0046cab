"""The letters to applicants and on awards, as values.

Belongs here: what each letter says, its kinds, and which of a round's letters wait for what. Does not belong
here: its sentences and templates (`exchange.papers.letters`), and where the words come from
(`models.queries.papers.letters`).
"""
