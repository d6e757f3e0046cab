"""What was missing of an award, and what it is for, are each told once in a correction."""

from datetime import date

from msgspec.structs import replace

from models.papers.ministry.changes import NOW_DUE, choices_changed, missing_changed
from models.papers.ministry.summing import (
    NOT_PLANNED,
    PURPOSE,
    SERVICE,
    ProviderLine,
    ReportedReturn,
    unchosen,
)

DUE = date(2027, 1, 28)
OPEN = ReportedReturn(1, "quarter 1", DUE, None)
LATE = "Return 1 (quarter 1), due on 28 Jan 2027, has not come in."
BARE = ProviderLine("A-1", "V-1", "Harbour House", "Autumn", "", "", 100_000, 0, 0)


def told(old: ProviderLine, new: ProviderLine) -> tuple[str, ...]:
    return (*choices_changed(old, new), *missing_changed(old, new))


def test_a_line_that_was_chosen_is_told_once() -> None:
    before = replace(BARE, missing=(unchosen(PURPOSE), unchosen(SERVICE)))
    after = replace(BARE, purpose="Recover", service="Shelter")

    assert told(before, after) == (
        "permitted purpose is now “Recover”; before, none was chosen.",
        "service area is now “Shelter”; before, none was chosen.",
    )
    assert told(after, before) == (
        "no permitted purpose is chosen any more; before, it was “Recover”.",
        "no service area is chosen any more; before, it was “Shelter”.",
    )
    other = replace(after, purpose="Cope")
    assert told(after, other) == ("permitted purpose is now “Cope”; before, it was “Recover”.",)


def test_what_is_not_missing_any_more_is_a_sentence_of_its_own() -> None:
    came = replace(OPEN, received_on=DUE)
    said = ("Return 1 gives no spend.", "Return 1 gives no numbers by service area.")
    before = replace(BARE, returns=(came,), missing=said)

    assert told(before, replace(before, missing=())) == (
        "Return 1 now gives spend.",
        "Return 1 now gives numbers by service area.",
    )
    assert told(replace(BARE, missing=(NOT_PLANNED,)), BARE) == (NOW_DUE,)
    no_list = replace(BARE, missing=(unchosen(SERVICE),))  # the fund has the list no more
    assert told(no_list, BARE) == ("“No service area is chosen.” does not hold any more.",)


def test_a_return_that_came_in_is_not_told_as_missing_no_more() -> None:
    before = replace(BARE, returns=(OPEN,), missing=(LATE,))

    after = replace(before, returns=(replace(OPEN, received_on=DUE),), missing=("Return 1 gives no spend.",))

    assert told(before, after) == ("Return 1 gives no spend.",)


def test_a_return_that_is_due_on_another_day_or_not_at_all_is_told_once() -> None:
    before = replace(BARE, returns=(OPEN,), missing=(LATE,))
    moved = replace(OPEN, due_on=date(2027, 2, 15))
    after = replace(BARE, returns=(moved,), missing=(LATE.replace("28 Jan", "15 Feb"),))

    assert told(before, after) == ("return 1 is due on 15 Feb 2027, was due on 28 Jan 2027.",)
    assert told(before, BARE) == ("return 1 (quarter 1) is no longer part of the period.",)
    gave = replace(BARE, returns=(replace(OPEN, received_on=DUE),), missing=("Return 1 gives no spend.",))
    assert told(gave, BARE) == ("return 1 (quarter 1) is no longer part of the period.",)
    assert told(gave, before) == (LATE,), "the return was taken out again"
    to_come = replace(before, missing=(LATE.replace("has not come in", "is still to come"),))
    assert told(to_come, before) == (), "the day on which it was due went by"
