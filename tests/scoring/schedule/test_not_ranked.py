"""Why an application is not ranked, in the words of a paper."""

import pytest

from scoring.ranking import Status
from scoring.schedule.exceptions import why_not_ranked

JUDGED = ("A1", "A2", "A3")


@pytest.mark.parametrize(
    ("status", "reasons", "words"),
    [
        (Status.WITHDRAWN, ("withdrawn",), "The applicant withdrew it"),
        (Status.INELIGIBLE, ("a gate failed",), "A gate failed"),
        (Status.INCOMPLETE, tuple(f"no agreed mark on {code}" for code in JUDGED), "No mark is agreed yet"),
        (
            Status.INCOMPLETE,
            ("no agreed mark on A1", "no agreed mark on A3", "no sheet counts"),
            "No sheet counts; No agreed mark on A1 and A3",
        ),
        (
            Status.INCOMPLETE,
            ("gate not checked: eligibility", "no submitted sheet"),
            "Not checked yet for who may apply; No member has handed marks in yet",
        ),
        (
            Status.INCOMPLETE,
            ("gate not checked: The policy is promised for Friday.", "no sheet counts"),
            "Not every check of it is settled; No sheet counts",
        ),
        (
            Status.INCOMPLETE,
            ("2 counting members, quorum 3", "A3 1.00 is below the minimum of 2.50"),
            "Marks of 2 members count, and the quorum is 3; A3: 1, below the minimum of 2.50",
        ),
    ],
)
def test_reasons_that_are_alike_are_one(status: Status, reasons: tuple[str, ...], words: str) -> None:
    assert why_not_ranked(status, reasons, JUDGED) == words
    known = why_not_ranked(status, reasons, JUDGED, "Incomplete: safeguarding policy")
    is_open = any(one.startswith("gate not checked") for one in reasons)
    assert known.startswith("Incomplete: safeguarding policy") is is_open
    unmarked = (*reasons, "no submitted sheet", *(f"no agreed mark on {code}" for code in JUDGED))
    alone = why_not_ranked(status, unmarked, JUDGED, "Incomplete: safeguarding policy")
    is_alone = is_open and not any(one.startswith("no sheet counts") for one in reasons)
    assert (alone == "Incomplete: safeguarding policy") is is_alone, "that nobody marked it follows from that"
    assert is_open or known == words, "what is missing is told of a check that is open alone"


def test_what_came_too_late_says_so_in_the_place_of_its_gate() -> None:
    reasons = ("applications: received on 14 October 2026", "no submitted sheet")
    late = "Too late: it was received on 14 October 2026"

    assert why_not_ranked(Status.INELIGIBLE, reasons, JUDGED, late) == late
    assert why_not_ranked(Status.WITHDRAWN, reasons, JUDGED, late) == "The applicant withdrew it"
