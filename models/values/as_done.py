"""Say a change as done: a button's imperative becomes the past that History and the toast after it use."""

import re
from collections.abc import Mapping

_REGULAR = (
    "Add Agree Amend Answer Ask Attach Change Close Confirm Correct Count Decide Delete Describe Erase Hand "
    "Import Issue Lift Load Look Mark Merge Move Name Open Pass Publish Recommend Record Reinstate Remove "
    "Rename Reopen Save Separate Sign Start"
)
PAST: Mapping[str, str] = {
    **{verb: f"{verb.removesuffix('e')}ed" for verb in _REGULAR.split()},
    "Bring": "Brought",
    "Carry": "Carried",
    "Drop": "Dropped",
    "Give": "Gave",
    "Go": "Went",
    "Hold": "Held",
    "Keep": "Kept",
    "Make": "Made",
    "Plan": "Planned",
    "Say": "Said",
    "Set": "Changed",
    "Take": "Took",
    "Tell": "Told",
    "Vary": "Varied",
    "Verify": "Verified",
    "Withdraw": "Withdrew",
    "Withhold": "Withheld",
    "Write": "Wrote",
}
SAME = frozenset({"Put", "Gate", "Let"})
"""First words that are the past already, or no verb."""
PUT_UP = "Set up "
"""What begins so is the past already; "Set" alone reads as an order, so it is said as changed."""

SECOND = re.compile(r" and ([a-z]+) (?=\d)")


def as_done(label: str) -> str:
    """Return a change's words as done: "Record the agreement of ACF-001" is "Recorded the agreement …".

    Words that begin with no verb of ours stay as they are.
    """
    if label.startswith(PUT_UP):
        return label
    verb, gap, rest = label.partition(" ")
    return PAST.get(verb, verb) + gap + SECOND.sub(_second, rest)


def _second(found: re.Match[str]) -> str:
    """Return a second verb before its count as done: " and change 2" is " and changed 2"."""
    verb = found.group(1)
    return f" and {PAST.get(verb.capitalize(), verb).lower()} "
