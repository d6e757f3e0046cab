"""What an area goes through once its round is open; it loads nothing, the window starts with it."""

STAGES = ("intake", "scoring", "meeting", "recommending", "deciding", "done")
"""In order."""
