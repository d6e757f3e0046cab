"""What goes out to a panel member and comes back: values, revisions, signatures, and how two histories meet.

Belongs here: the values of packs and returns, and their making from a record. Does not belong here: the
bytes of a sealed file (`exchange.pack_files`), what a record puts into one (`models.queries.packs`), and what
comes of a return (`models.operations.packs`).
"""
