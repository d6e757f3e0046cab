"""A small grid to type into, and the questions it asks about names.

Does not belong here: lists that are only read (`gui.tables`).
"""
