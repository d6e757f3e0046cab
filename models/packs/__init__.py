"""Packs and returns in the making, and records that come into one another: nothing is overwritten.

Belongs here: what is done with whole records. Does not belong here: what packs hold (`models.values`), the
bytes of a sealed file (`exchange.pack_files`), what a record puts into one (`models.queries.packs`), and what
comes of a return (`models.operations.packs`).
"""
