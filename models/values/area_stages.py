"""What an area goes through once its round is open; it loads nothing, the window starts with it."""

STAGES = ("intake", "scoring", "meeting", "recommending", "deciding", "done")
"""In order."""
NOW = {
    "intake": "Applications can be entered again in {}.",
    "scoring": "Scoring is open in {}.",
    "meeting": "The meeting is open in {}.",
    "recommending": "Recommending is open in {}.",
    "deciding": "Deciding is open in {}.",
    "done": "Closed: {}.",
}
"""What is said once an area, or several, came to a stage."""
