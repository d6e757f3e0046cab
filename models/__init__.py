"""The record: what an office's funds, rounds, applications and recommendations are, kept on disk.

Belongs here: the schema and its migrations, operations (one change each, as data), queries that
answer in frozen rows, and the engine that opens, locks, journals, backs up and verifies a record.
Does not belong here: spreadsheets, PDFs, windows, and sums (those are `scoring`).
"""
