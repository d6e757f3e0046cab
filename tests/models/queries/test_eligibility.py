"""What the gates of an application come to together."""

import pytest

from models.queries.applications.applications import GateLine, eligibility
from scoring.round import Eligibility

GATES = (
    GateLine(1, "constituted", "Is the group constituted?", False, False),
    GateLine(2, "cap", "Is the request within the cap?", False, True),
)


@pytest.mark.parametrize(
    ("word", "reason", "verdicts", "came_to", "why"),
    [
        ("to check", "", {"cap": ("fail", "too much")}, Eligibility.NO, "too much"),
        ("to check", "", {"cap": ("fail", "")}, Eligibility.NO, "Is the request within the cap?"),
        ("to check", "", {"cap": ("pass", "")}, Eligibility.TO_CHECK, "Is the group constituted?"),
        ("to check", "a letter", {"cap": ("pass", "")}, Eligibility.TO_CHECK, "a letter"),
        ("yes", "seen", {"cap": ("waived", "a pilot")}, Eligibility.WAIVED, "a pilot"),
        ("yes", "seen", {"cap": ("to check", "")}, Eligibility.TO_CHECK, "Is the request within the cap?"),
        ("yes", "seen", {"cap": ("pass", "small")}, Eligibility.YES, "seen; small"),
        ("no", "late", {"cap": ("pass", "")}, Eligibility.NO, "late"),
        ("no", "late", {"cap": ("pass", ""), "constituted": ("pass", "")}, Eligibility.YES, ""),
        (
            "yes",
            "",
            {"cap": ("fail", "too much"), "constituted": ("fail", "no rules")},
            Eligibility.NO,
            "no rules; too much",
        ),
        (
            "yes",
            "",
            {"cap": ("fail", "Too much."), "constituted": ("fail", "No rules.")},
            Eligibility.NO,
            "No rules; Too much.",
        ),
    ],
)
def test_one_failed_gate_is_no_one_open_gate_is_to_check_one_waived_is_waived(
    word: str, reason: str, verdicts: dict[str, tuple[str, str]], came_to: Eligibility, why: str
) -> None:
    assert eligibility(word, reason, GATES, verdicts) == (came_to, why)


def test_where_nothing_bars_the_word_stands_as_yes() -> None:
    assert eligibility("to check", "why", (), {"team": ("fail", "no")}) == (Eligibility.YES, "why")


@pytest.mark.parametrize(
    ("verdict", "came_to", "why"),
    [
        (("pass", ""), Eligibility.TO_CHECK, ""),
        (("fail", "came on the next day"), Eligibility.NO, "came on the next day"),
        (("waived", "the form tool was down"), Eligibility.TO_CHECK, "Is the group constituted?"),
    ],
)
def test_coming_in_time_adds_nothing_to_what_stands_for_all_gates(
    verdict: tuple[str, str], came_to: Eligibility, why: str
) -> None:
    in_time = GateLine(3, "in time", "Was it received in time?", False, False, is_time=True)

    assert eligibility("to check", "", (GATES[0], in_time), {"in time": verdict}) == (came_to, why)
