"""Why an application is not ranked, as a paper says it: the reasons of its status, alike ones as one."""

from collections.abc import Sequence

from scoring.counted import listed
from scoring.ranking import Status
from scoring.written.text import with_capital

_NO_MARK = "no agreed mark on "


def why_not_ranked(status: Status, reasons: Sequence[str], judged: Sequence[str]) -> str:
    """Return the reasons as one text: of seven criteria without an agreed mark, that none is agreed yet.

    Of two of three criteria it is "No agreed mark on A1 and A2".
    """
    if status is Status.WITHDRAWN:
        return "The applicant withdrew it"
    without = [one.removeprefix(_NO_MARK) for one in reasons if one.startswith(_NO_MARK)]
    others = [one for one in reasons if not one.startswith(_NO_MARK)]
    marks = (
        []
        if not without
        else ["no mark is agreed yet" if len(without) == len(judged) else _NO_MARK + listed(without)]
    )
    return "; ".join(map(with_capital, (*others, *marks)))
