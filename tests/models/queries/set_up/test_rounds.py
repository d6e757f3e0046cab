"""How a round is found."""

import pytest
from msgspec.structs import replace

from models.operations.panel.sheets import HandIn
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.office import SetUpOffice
from models.queries.set_up.rounds import find_round, round_line, rounds, sole_round
from models.record import Record
from models.reference.schemes import shipped_funds
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.rounds import OFFICER, load, set_up_office, workbook_rows


def three_rounds(record: Record) -> None:
    """Load “Autumn” in two years of one fund and “Spring” in another fund."""
    set_up_office(record)
    load(record)
    load(record, replace(workbook_rows(), year="2027/28"))
    load(record, replace(workbook_rows(), name="Spring", fund="Community Safety Fund"))


def test_rounds_are_listed_by_fund_and_year(record: Record) -> None:
    three_rounds(record)

    found = record.ask(rounds)

    assert [(line.fund_code, line.year, line.name) for line in found] == [
        ("ACF", "2026/27", "Autumn"),
        ("ACF", "2027/28", "Autumn"),
        ("CSF", "2026/27", "Spring"),
    ]
    assert [line.applications for line in found] == [3, 3, 3]


def test_a_round_of_a_ring_fenced_fund_says_what_its_money_is_for(record: Record) -> None:
    record.perform(SetUpOffice("Office of the Commissioner", shipped_funds()), OFFICER)
    load(record)
    load(record, replace(workbook_rows(), name="Support", fund="Victims Fund"))

    fences = {line.name: line.ring_fence for line in record.ask(rounds)}

    assert fences == {
        "Autumn": "",
        "Support": "Ministry of Justice grant, ring-fenced for victims' services",
    }


def test_an_area_says_whether_sheets_of_it_are_handed_in(record: Record) -> None:
    set_up_office(record)
    rows = workbook_rows()
    handed_in = {sheet.application for sheet in rows.sheets if sheet.submitted}
    scored = {one.area for one in rows.applications if one.reference in handed_in}
    load(record, rows)
    load(record, replace(rows, name="Begun", sheets=tuple(replace(s, submitted=False) for s in rows.sheets)))

    full, begun = record.ask(rounds)

    assert scored
    assert {area.name for area in full.areas if area.was_scored} == scored
    assert not any(area.was_scored for area in begun.areas)


def test_what_was_read_of_an_area_says_so_of_sheets_that_are_handed_in_since(record: Record) -> None:
    set_up_office(record)
    rows = workbook_rows()
    sheets = tuple(replace(sheet, submitted=False) for sheet in rows.sheets)
    load(record, replace(rows, sheets=sheets, agreed=()))
    one = rows.sheets[0]
    (area,) = {line.area for line in rows.applications if line.reference == one.application}
    assert [line.was_scored for line in record.ask(rounds)[0].areas] == [False] * len(rows.areas)

    put(record, MoveArea(1, area, "scoring"))
    put(record, HandIn(1, one.member, one.application))

    assert [line.name for line in record.ask(rounds)[0].areas if line.was_scored] == [area]


@pytest.mark.parametrize(
    ("name", "fund", "year", "number"),
    [
        ("Spring", None, None, 3),
        ("Autumn", None, "2027/28", 2),
        ("Autumn", "acf", "2026/27", 1),
        ("Spring", "community safety fund", None, 3),
    ],
)
def test_a_round_is_found_by_name_fund_and_year(
    record: Record, name: str, fund: str | None, year: str | None, number: int
) -> None:
    three_rounds(record)

    assert record.ask(lambda s: find_round(s, name, fund, year)) == number


def test_a_name_in_two_years_is_refused_without_the_year(record: Record) -> None:
    three_rounds(record)

    with pytest.raises(Refused) as refused:
        record.ask(lambda s: find_round(s, "Autumn", "ACF"))

    assert str(refused.value) == (
        "The round “Autumn” is found in more than one fund or year: "
        "“Autumn” (Active Citizens Fund 2026/27); “Autumn” (Active Citizens Fund 2027/28). "
        "Say which with --fund and --year."
    )


@pytest.mark.parametrize(("name", "fund", "year"), [("Autum", None, None), ("Spring", "ACF", None)])
def test_a_round_that_is_not_there_is_refused_and_the_others_named(
    record: Record, name: str, fund: str | None, year: str | None
) -> None:
    three_rounds(record)

    with pytest.raises(Refused, match=r"There is no round .* Its rounds: “Autumn” \(Active Citizens Fund"):
        record.ask(lambda s: find_round(s, name, fund, year))


def test_an_empty_record_says_so(record: Record) -> None:
    with pytest.raises(Refused, match="It has no round yet"):
        record.ask(lambda s: find_round(s, "Autumn"))
    with pytest.raises(Refused, match="has no round yet"):
        record.ask(sole_round)


def test_the_only_round_needs_no_name(record: Record) -> None:
    set_up_office(record)
    load(record)

    assert record.ask(sole_round) == 1


def test_several_rounds_need_a_name(record: Record) -> None:
    three_rounds(record)

    with pytest.raises(Refused, match=r"has 3 rounds: .* Say which with --round, --fund and --year\.$"):
        record.ask(sole_round)


def test_a_round_without_a_year_is_named_without_one(record: Record) -> None:
    set_up_office(record)
    load(record, replace(workbook_rows(), year=""))

    assert record.ask(lambda s: round_line(s, 1)).words == "“Autumn” (Active Citizens Fund)"
