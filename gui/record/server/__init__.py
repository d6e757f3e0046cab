"""Working in a record on an office server with others: hearing what they change, and the connection.

Belongs here: what only a record on a server needs in the window. Does not belong here: how a server is
spoken to (`models.store.postgres`), and what every open record needs (`gui.record`).
"""
