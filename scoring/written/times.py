"""A time of day as somebody types it: "10", "10.30", "2pm", "14:15"."""

import re

from scoring.written.text import Unreadable, figures_line, quoted

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_NOON = 12


def read_time(text: str) -> str:
    """Return a time as hours and minutes ("09:30", 24 hours), "" for nothing; raise `Unreadable` else."""
    plain = figures_line(text)
    if not plain:
        return ""
    found = _TIME.fullmatch(plain.replace("a.m.", "am").replace("p.m.", "pm"))
    if found is None:
        raise Unreadable(f"{quoted(text)} is no time of day. Write it such as 10:30 or 2pm.")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half and not 1 <= hour <= _NOON:
        raise Unreadable(f"{quoted(text)} is no time of day. Write it such as 10:30 or 2pm.")
    hour = hour % _NOON + (_NOON if half == "pm" else 0) if half else hour
    if hour > 23 or minute > 59:
        raise Unreadable(f"{quoted(text)} is no time of day. Write it such as 10:30 or 2pm.")
    return f"{hour:02d}:{minute:02d}"
