"""Packs and returns as files: a member's applications out and their marks back, sealed.

Belongs here: the bytes of a sealed file, sealed and opened. The layout, its byte table and test vectors
are in `resources/packs/FORMAT.md`, with a decoder that needs none of our code. Does not belong here:
values and signatures (`models.packs`), what goes into a pack (`models.queries.packs.packs`), what comes
of a return.
"""
