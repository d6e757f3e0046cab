"""Reasons drafted from what panel and members wrote about marks."""

from decimal import Decimal

from msgspec.structs import replace

from models.queries.deciding.reasons import (
    AGREED,
    MEMBERS,
    Draft,
    agreed_words,
    drafts,
    drafts_against,
    drafts_for,
    short_of,
)
from models.values.rows import AgreedRow, InterestRow, MemberRow, SheetRow
from scoring.round import InterestKind
from tests.models.operations.deciding_rounds import deciding_rows

ROWS = replace(
    deciding_rows(),
    members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi Example"), MemberRow("M3", "Lee Nobody")),
    sheets=(
        SheetRow("M1", "ACF-001", True, (4, 4, 4), ("Local figures.", "", "Three quotes.")),
        SheetRow("M2", "ACF-001", True, (4, 4, 4), ("Asked the street.", "", "Three quotes.")),
        SheetRow("M3", "ACF-001", True, (4, 4, 4), ("My own club.", "", "")),
        SheetRow("M1", "ACF-002", False, (4, None, None), ("Half a thought.", "", "")),
        SheetRow("M1", "ACF-003", True, (4, 4, 4)),
    ),
    interests=(InterestRow("M3", "ACF-001", InterestKind.PECUNIARY, "Runs it"),),
)


def test_members_reasons_are_drafted_by_criterion_and_name_nobody() -> None:
    words = "Need: Local figures. Asked the street.\nValue for money: Three quotes."

    assert drafts(ROWS) == {"ACF-001": Draft(words, MEMBERS)}


def test_the_agreed_marks_reasons_go_before_the_members() -> None:
    agreed = AgreedRow("ACF-001", (4, 4, 4), ("", " Clear and checked. ", ""))

    found = drafts(replace(ROWS, agreed=(agreed,)))

    assert found == {"ACF-001": Draft("Outcomes: Clear and checked.", AGREED)}


def test_each_line_of_a_draft_is_a_sentence_on_one_line() -> None:
    agreed = AgreedRow("ACF-001", (4, 4, 4), ("Two outcomes,\nboth clear", "Costs need to\nbe looked at", ""))

    found = drafts(replace(ROWS, agreed=(agreed,)))

    words = "Need: Two outcomes, both clear.\nOutcomes: Costs need to be looked at."
    assert found == {"ACF-001": Draft(words, AGREED)}


def test_no_draft_holds_what_is_for_the_panel_only() -> None:
    said = ("Clear need.", "NB chair to ask", "Three quotes.")
    agreed = AgreedRow("ACF-001", (4, 1, 4), said, for_panel=("A2",))
    told = "Need: Clear need.\nValue for money: Three quotes."

    assert drafts(replace(ROWS, agreed=(agreed,))) == {"ACF-001": Draft(told, AGREED)}
    assert agreed_words(replace(ROWS, agreed=(agreed,))) == {
        "ACF-001": ["Need: Clear need.", "Value for money: Three quotes."]
    }
    assert drafts_against(replace(ROWS, agreed=(agreed,))) == {}


def test_a_mark_under_the_criterion_s_own_minimum_fell_short() -> None:
    judged = tuple(replace(one, floor=Decimal(4)) for one in ROWS.scheme.criteria)
    agreed = AgreedRow("ACF-001", (3, 4, 3), ("Little doubt it will deliver.", "Fair.", "Fair."))
    rows = replace(ROWS, scheme=replace(ROWS.scheme, criteria=judged), agreed=(agreed,))

    assert short_of(rows) == {"ACF-001": ("Little doubt it will deliver.", "Fair.")}
    assert short_of(replace(rows, scheme=ROWS.scheme)) == {"ACF-001": ()}, "the words alone say nothing"


def test_agreed_marks_without_a_reason_leave_the_draft_to_the_members() -> None:
    found = drafts(replace(ROWS, agreed=(AgreedRow("ACF-001", (4, 4, 4)),)))

    assert found["ACF-001"].source == MEMBERS
    assert found["ACF-001"].note.startswith("Drafted from the members' reasons. Check it")


def test_why_there_is_no_money_is_drafted_from_criteria_that_fell_short_alone() -> None:
    agreed = AgreedRow("ACF-001", (4, 2, 3), ("Clear and checked.", "Nothing is counted.", "Fair."))
    rows = replace(ROWS, agreed=(agreed,))

    assert drafts_against(rows) == {"ACF-001": Draft("Outcomes: Nothing is counted.", AGREED)}
    funded = drafts_for(rows, {"ACF-001": "fund"})["ACF-001"]
    assert "Clear and checked." in funded.words
    assert drafts_for(rows, {"ACF-001": "decline"}) == drafts_against(rows)


def test_what_fell_short_is_no_reason_for_money_where_anything_else_was_said() -> None:
    agreed = AgreedRow("ACF-001", (4, 2, 3), ("Clear and checked.", "Nothing is counted.", "Fair."))
    poor = SheetRow("M2", "ACF-003", True, (1, 4, 4), ("Nobody was asked.", "", ""))
    mixed = SheetRow("M2", "ACF-001", True, (2, 4, 4), ("Nobody was asked.", "", "Three quotes."))

    assert drafts(replace(ROWS, agreed=(agreed,)))["ACF-001"].words == (
        "Need: Clear and checked.\nValue for money: Fair."
    )
    told = drafts(replace(ROWS, sheets=(mixed, poor)))
    assert told["ACF-001"].words == "Value for money: Three quotes."
    assert told["ACF-003"].words == "Need: Nobody was asked.", "a person has something to go by"


def test_members_praise_is_no_reason_against_either() -> None:
    low = SheetRow("M2", "ACF-001", True, (2, 4, 4), ("Nobody was asked.", "", "Three quotes."))
    rows = replace(ROWS, sheets=(ROWS.sheets[0], low))

    assert drafts_against(rows) == {"ACF-001": Draft("Need: Nobody was asked.", MEMBERS)}
    assert drafts_against(ROWS) == {}


def test_no_draft_holds_what_a_member_keeps_for_the_panel() -> None:
    kept = SheetRow(
        "M1", "ACF-001", True, (4, 1, 4), ("I know the site.", "Weak.", ""), for_panel=("A1", "A2")
    )
    told = SheetRow("M2", "ACF-001", True, (4, 1, 4), ("Asked the street.", "", ""))
    alone = SheetRow("M1", "ACF-003", True, (1, 1, 1), ("Nobody was asked.", "", ""), for_panel=("A1",))
    rows = replace(ROWS, sheets=(kept, told, alone))

    assert drafts(rows) == {"ACF-001": Draft("Need: Asked the street.", MEMBERS)}
    assert drafts_against(rows) == {}
