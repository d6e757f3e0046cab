"""The record: what an office's funds, rounds, applications and recommendations are, kept on disk.

Belongs here: the schema and its migrations, operations (one change each, as data), permissions (who may
do and read what), queries that answer in frozen rows, the values of papers and packs, what ships
(`reference`), and what opens, locks, journals, backs up, verifies and salvages a record. Does not belong
here: spreadsheets, PDFs, windows, and sums (those are `scoring`).
"""
