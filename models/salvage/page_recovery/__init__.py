"""Reading a damaged record's pages ourselves: what is whole is read, what is not is counted.

Belongs here: pages and their keys, table leaves, which rows belong to which table. Does not belong here:
what is made of the rows (`models.salvage.rebuild`).
"""
