"""Packs: what went out to members, and what came back.

Does not belong here: what a pack holds (`models.packs`) and its bytes (`exchange.pack_files`).
"""
