"""Packs and returns: files that carry a member's applications out and their marks back, sealed.

Belongs here: the bytes of a sealed file, keys and signatures, and the values that such a file may hold. The
layout, its byte table and test vectors are in `resources/packs/FORMAT.md`, with a decoder that needs none
of our code. What goes into a pack is chosen in `models.queries`; what comes of a return is an operation.
"""
