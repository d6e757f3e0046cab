"""The tests: one directory for each package, journeys across all of them, and the front door's own.

Belongs here: what the product promises, tested through public doors. Does not belong here: anything the
product itself needs to run.
"""
