"""What an area goes through once its round is open; it loads nothing, the window starts with it."""

STAGES = ("intake", "scoring", "meeting", "recommending", "deciding", "done")
"""In order."""
BEFORE_MEETING = STAGES[:2]
"""Those at which applications and marks are taken, and nobody sees what others gave."""
NOW = {
    "intake": "Applications can be entered again in {}.",
    "scoring": "Scoring is open in {}.",
    "meeting": "The meeting is open in {}.",
    "recommending": "Recommending is open in {}.",
    "deciding": "Deciding is open in {}.",
    "done": "Closed: {}.",
}
"""What is said once an area, or several, came to a stage."""
