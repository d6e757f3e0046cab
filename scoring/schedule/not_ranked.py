"""Why an application is not ranked, as a paper says it: the reasons of its status, alike ones as one."""

import re
from collections.abc import Sequence

from scoring.counted import counted, listed
from scoring.ranking import Status
from scoring.status import NO_SHEET
from scoring.written.text import with_capital

_NO_MARK = "no agreed mark on "
_BELOW = re.compile(r"(.+) ([\d.]+) is below the minimum of ([\d.]+)")
_FEW = re.compile(r"(\d+) counting members?, quorum (\d+)")
_UNCHECKED = "gate not checked: "
_SAID = {
    NO_SHEET: "No member has handed marks in yet",
    f"{_UNCHECKED}eligibility": "Not checked yet for who may apply",
}
INCOMPLETE = "Incomplete"
"""How the reason of one begins of which it is known what it lacks."""
TOO_LATE = "Too late"
"""How the reason of one begins that came late, and was not let in, and is not eligible for nothing else."""
WITHDREW = "The applicant withdrew it"
NOT_SETTLED = "Not every check of it is settled"
"""Said of a gate that is still to check: what an officer noted of it meanwhile is the office's own."""


def why_not_ranked(status: Status, reasons: Sequence[str], judged: Sequence[str], missing: str = "") -> str:
    """Return the reasons as one text: of seven criteria without an agreed mark, that none is agreed yet.

    Of two of three criteria it is "No agreed mark on A1 and A2". What is `missing` of an application stands
    in the place of a check that is open: "Incomplete: safeguarding policy". Nobody marks what is open. Of
    what came late it is why it is not eligible: "Too late: it was received on 14 October 2026".
    """
    if status is Status.WITHDRAWN:
        return WITHDREW
    if missing.startswith(TOO_LATE) or (missing and _is_unmarked(reasons, judged)):
        return missing
    without = [one.removeprefix(_NO_MARK) for one in reasons if one.startswith(_NO_MARK)]
    others = [one for one in reasons if not one.startswith(_NO_MARK)]
    marks = (
        []
        if not without
        else ["no mark is agreed yet" if len(without) == len(judged) else _NO_MARK + listed(without)]
    )
    told = [missing if missing and one.startswith(_UNCHECKED) else _told(one) for one in others]
    return "; ".join((*told, *map(_told, marks)))


def is_unchecked(reasons: Sequence[str]) -> bool:
    """Whether a gate is still to check among the reasons of what is not ranked."""
    return any(one.startswith(_UNCHECKED) for one in reasons)


def no_money_words(reference: str, status: Status) -> str:
    """Return that what is not ranked gets no money, and what is to be done where some is recommended."""
    return (
        f"{reference} is {status.value}, so no money can be recommended for it. "
        "Withdraw the recommendation, or complete the application."
    )


def _is_unmarked(reasons: Sequence[str], judged: Sequence[str]) -> bool:
    """Whether a check is open and nothing else is said but that nobody has given a mark."""
    marks = {NO_SHEET, *(f"{_NO_MARK}{code}" for code in judged)}
    rest = {one for one in reasons if not one.startswith(_UNCHECKED)}
    return is_unchecked(reasons) and NO_SHEET in rest and rest <= marks


def _told(reason: str) -> str:
    """Return a reason as a reader says it: "A3: 1, below the minimum of 2", "2 members' marks count of 3"."""
    below = _BELOW.fullmatch(reason)
    if below:
        of, shown, least = (one.removesuffix(".00") for one in below.groups())
        return f"{with_capital(of)}: {shown}, below the minimum of {least}"
    few = _FEW.fullmatch(reason)
    if few:
        return f"Marks of {counted(int(few[1]), 'member')} count, and the quorum is {few[2]}"
    return _SAID.get(reason, NOT_SETTLED if reason.startswith(_UNCHECKED) else with_capital(reason))
