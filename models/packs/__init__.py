"""What goes out to a panel member and comes back: values, revisions, signatures, and how two histories meet.

Belongs here: what needs neither a record nor a file. The bytes of a sealed file are in `exchange.packs`;
what a record puts into one is chosen in `models.queries.packs.packs`; what comes of a return is an operation.
"""
