"""The answers that applicants gave, without what the form's own tool wrote beside them.

Among the long ones is said once what an application is in short, whichever question asked for that.
"""

import re
from collections.abc import Sequence

from models.values.importing.form_tools import heading_key, is_of_a_tool
from models.values.rows import Answer
from scoring.written.days import full_day, full_moment, read_moment
from scoring.written.text import Unreadable

_COUNTED = frozenset({"response", "submission", "entry"})
"""What some call the column of their running numbers; with words in it, it is an answer."""
_ADDRESSES = frozenset({"email", "email address", "e-mail"})
"""What they call the column of a signed-in person's address, "anonymous" where nobody signs in."""
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\s?)?\d{1,3}[a-z]?[.):]\s+(?=\S)", re.IGNORECASE)
"""The number of a question on the form, which says nothing once it is read by itself."""
_SUMMARY = re.compile(r"\bsummar|\bin (?:short|brief|a nutshell)\b|\bin (?:a|one) sentence", re.IGNORECASE)
IN_SHORT, DONE = "In short", "What will be done"


def readable_answers(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers to questions, days and times among them as people write them."""
    return tuple(
        (_NUMBERED.sub("", heading), _readable(text))
        for heading, text in answers
        if not _is_of_a_tool(heading, text)
    )


def in_short(summary: str, answers: Sequence[Answer]) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return what comes first of an application, under its headings, and the answers without it.

    A form may ask what is done and then for a summary: the shorter of the two says it in short.
    """
    found = next((one for one in answers if _SUMMARY.search(one[0]) and 0 < len(one[1]) < len(summary)), None)
    if found is None:
        return ((IN_SHORT, summary),), tuple(answers)
    rest = tuple(one for one in answers if one is not found)
    return ((IN_SHORT, found[1]), (DONE, summary)), rest


def _is_of_a_tool(heading: str, text: str) -> bool:
    key = heading_key(heading)
    if key in _ADDRESSES and text.strip() == "anonymous":
        return True
    return text.strip().isdigit() if key in _COUNTED else is_of_a_tool(heading)


def _readable(text: str) -> str:
    """Return "7 September 2026, 08:35" for 2026-09-07T08:35:00, in local time; other texts as they are."""
    stamp = text.strip()
    if not _STAMP.fullmatch(stamp):
        return text
    try:
        moment = read_moment(stamp)
    except Unreadable:
        return text
    is_time = moment.has_time and (moment.at.hour or moment.at.minute)
    return full_moment(moment.at) if is_time else full_day(moment.at.date())
