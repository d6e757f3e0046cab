"""Who acts in the journeys: a typist, a user of the window, and the rounds that they go through.

Belongs here: what presses, types and looks, and the records that it is done on. Does not belong here: tests.
"""
