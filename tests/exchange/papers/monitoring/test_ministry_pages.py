"""The return to the Ministry as a paper: what says nothing is a sentence, not a table of noughts."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from exchange.papers.document.values import Pairs, Para, Signature, Table, Together
from exchange.papers.monitoring.ministry import (
    BEYOND,
    COMPLETE,
    LATER,
    MISSING,
    MISSING_AND_BEYOND,
    NOBODY_COUNTED,
    NOTHING_SPENT,
    TO_SETTLE,
    ministry_document,
    signatures,
    signing_note,
    summed,
)
from models.papers.ministry.summing import MinistryReturn, PeopleLine, ProviderLine, ReportedReturn, SpendLine
from models.papers.status import PaperStatus
from scoring.schedule.values import Letterhead

STATUS = PaperStatus(datetime(2027, 5, 3, tzinfo=UTC), "0" * 64)
EMPTY = MinistryReturn(
    office="Office of Westmarch",
    fund="Victims Fund",
    fund_code="VF",
    period="2026/27-Q3",
    period_words="Q3 2026/27",
    begins_on=date(2026, 10, 1),
    ends_on=date(2026, 12, 31),
    marking="OFFICIAL",
    people=(PeopleLine("needs", "Category of need", "Shelter", 0, 0),),
    spending=(SpendLine("Service area", "Shelter"), SpendLine("Service area", "Counselling")),
    providers=(),
)


def parts(value: MinistryReturn) -> tuple[list[str], list[Table]]:
    blocks = ministry_document(value, STATUS).blocks
    return [one.text for one in blocks if isinstance(one, Para)], [o for o in blocks if isinstance(o, Table)]


def test_a_period_without_returns_or_money_says_so_and_prints_no_noughts() -> None:
    said, tables = parts(EMPTY)

    assert NOBODY_COUNTED in said
    assert NOTHING_SPENT in said
    assert tables == []
    said, _ = parts(replace(EMPTY, later=9, later_pence=130_000_00))
    assert "9 awards, £130,000 in all, decided in this period, start after it: they are in" in said[-2]


def test_the_return_says_its_grant_and_who_signs_it() -> None:
    head = Letterhead(people=(("Chief finance officer", "Una Bell, Chief Finance Officer"),))
    document = ministry_document(
        replace(EMPTY, grant_pence=180_000_00, ministry_pence=180_000_00, letterhead=head), STATUS
    )

    (sums,) = (one for one in document.blocks if isinstance(one, Pairs))
    assert sums.rows[0] == ("Grant for 2026/27", "£180,000")
    (together,) = (one for one in document.blocks if isinstance(one, Together))
    assert together.blocks[1:] == (Signature("Chief Finance Officer", "Una Bell"),)
    signed = replace(EMPTY, letterhead=Letterhead(signatory="Una Bell, Chief Finance Officer"))
    blocks = ministry_document(signed, STATUS).blocks
    assert not any(isinstance(one, Together) for one in blocks)  # every paper ends with its own signatory
    assert list(signatures(signed)) == list(together.blocks[1:])
    assert len(list(signatures(EMPTY))) == 2


def test_the_grant_is_the_ministrys_own_and_not_all_that_the_fund_has() -> None:
    first = summed(replace(EMPTY, grant_pence=190_000_000, ministry_pence=170_000_000))
    of_fund = summed(replace(EMPTY, grant_pence=190_000_000))

    assert first[:2] == (
        ("Grant for 2026/27", 170_000_000),
        ("The fund’s money for 2026/27, from all sources", 190_000_000),
    )
    assert of_fund[0] == ("The fund’s money for 2026/27", 190_000_000), "of which no source is recorded"
    assert "Grant" not in str(of_fund)
    assert summed(EMPTY)[0][0].startswith("Awards")


def test_a_draft_to_compare_with_says_so_and_has_nowhere_to_sign() -> None:
    value = replace(EMPTY, period="2026/27", submitted_beside=("2026/27-Q1", "2026/27-Q2"))

    document = ministry_document(value, STATUS)

    first = next(one for one in document.blocks if isinstance(one, Para))
    assert first.text.startswith(
        "A draft to compare with: 2026/27-Q1 and 2026/27-Q2 were submitted and have part of this money."
    )
    assert signing_note(value) == first.text
    assert list(signatures(value)) == []
    assert not any(isinstance(one, Together) for one in document.blocks)
    signed = replace(value, letterhead=Letterhead(signatory="Una Bell, Chief Finance Officer"))
    assert "Una Bell" not in str(ministry_document(signed, STATUS).blocks)
    one = signing_note(replace(value, submitted_beside=("2026/27-Q1",)))
    assert one.startswith("A draft to compare with: 2026/27-Q1 was submitted and has part")


def test_what_is_missing_of_every_award_is_said_once() -> None:
    one = ProviderLine(
        "A-1", "VF-1", "Kite Club", "Autumn", "", "", 100, 0, 0, missing=("No plan.", "No line.")
    )
    other = replace(one, award="A-2", missing=("No plan.",))

    said, tables = parts(replace(EMPTY, providers=(one, other)))

    assert NOBODY_COUNTED in said
    assert said[-1].endswith("Missing for all 2 awards: No plan.")
    assert [row[-1] for row in tables[0].rows[:-1]] == ["No line.", ""]
    _, tables = parts(replace(EMPTY, providers=(one,)))
    assert [row[-1] for row in tables[0].rows[:-1]] == ["No plan. No line."]
    _, tables = parts(replace(EMPTY, providers=(other, replace(other, award="A-1"))))
    assert [column.heading for column in tables[0].columns][-1] == "Returns"


def test_a_return_is_never_complete_and_short_of_something_at_once() -> None:
    """An award whose next return ends after the period is neither missing nor complete."""
    waits = ProviderLine("A-1", "VF-1", "Kite Club", "Autumn", "", "", 100, 0, 0, next_to=date(2027, 1, 15))
    came = replace(waits, returns=(ReportedReturn(1, "half way", date(2027, 1, 5), date(2027, 1, 4)),))
    owes = replace(waits, missing=("No permitted purpose is chosen.",))

    for lines, control, tells in (
        ((waits, came), "no return due for 1 award", LATER),
        ((waits, owes), "information missing for 1 award", MISSING),
        ((came,), "nothing missing", COMPLETE),
    ):
        value = replace(EMPTY, providers=lines)
        _, (providers,) = parts(value)
        assert value.control.endswith(f", {control}")
        assert signing_note(value).endswith(tells)
        is_told = any(column.heading == TO_SETTLE for column in providers.columns)
        assert is_told == bool(value.silent), "a column in which nothing is missing says nothing"


def test_more_spend_than_was_paid_is_said_under_providers_and_above_the_signature() -> None:
    words = (
        "£45.00 of spend is evidenced up to 31 Dec 2026, £45.00 more than the £0.00 that was paid by then."
    )
    one = ProviderLine("A-1", "VF-1", "Kite Club", "Autumn", "", "", 100, 0, 4_500, warning=words)
    value = replace(EMPTY, providers=(one,))

    _, (providers,) = parts(value)

    assert providers.columns[-1].heading == TO_SETTLE
    assert providers.rows[0][-1] == words
    assert signing_note(value).endswith(f", and {BEYOND}")
    assert value.control.endswith("of spend evidenced, more to date than was paid on 1 award")
    owes = replace(value, providers=(one, replace(one, award="A-2", missing=("No plan.",), warning="")))
    assert signing_note(owes).endswith(f", and {MISSING_AND_BEYOND}")
    later = replace(value, providers=(replace(one, next_to=date(2027, 1, 15)),))
    assert signing_note(later).endswith(f", and {BEYOND}")
    assert later.control.endswith("paid on 1 award, no return due for 1 award")


def test_lines_without_money_are_left_out_of_the_paper() -> None:
    spending = (replace(EMPTY.spending[0], paid_pence=100), EMPTY.spending[1])

    _, tables = parts(replace(EMPTY, spending=spending, people=(replace(EMPTY.people[0], given=1),)))

    assert [table.rows for table in tables] == [
        (("Category of need", "Shelter", "0", "1"),),
        (("Shelter", "£1", "£0"), ("Total", "£1", "£0")),
    ]
