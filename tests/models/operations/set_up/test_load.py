"""Loading a round workbook into the record."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.operations.set_up.load import LoadRound
from models.queries.applications.applications import applications
from models.queries.deciding.signatories import seat_rows
from models.queries.set_up.funds import fund_list
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import find_round, rounds
from models.record import Record
from models.values.rows import InterestRow, RoundRows, SeatRow, SheetRow
from scoring.round import Eligibility, InterestKind
from scoring.written.text import Refused
from tests.models.rounds import (
    OFFICER,
    SCHEME,
    application,
    assert_replays,
    load,
    set_up_office,
    undo,
    workbook_rows,
)


def only_round(record: Record) -> RoundRows:
    return record.ask(lambda session: round_rows(session, 1))


def test_a_loaded_round_comes_back_as_it_was_and_is_open(record: Record) -> None:
    set_up_office(record)

    outcome = load(record)

    assert only_round(record) == workbook_rows()
    assert [line.stage for line in record.ask(rounds)] == ["open"]
    assert outcome.words == (
        "The round “Autumn” of Active Citizens Fund 2026/27 is loaded and open: "
        "3 applications in 2 areas, 3 sheets."
    )
    assert_replays(record)


def test_the_names_that_the_workbook_gives_are_kept(record: Record) -> None:
    set_up_office(record)

    load(record, replace(workbook_rows(), fund="My Community Fund", year=""))

    rows = only_round(record)
    assert (rows.fund, rows.year) == ("My Community Fund", "")
    assert record.ask(lambda s: find_round(s, "Autumn", "ACF")) == 1
    assert len(record.ask(fund_list)) == 2


def test_a_fund_that_is_not_there_is_made_and_goes_with_its_round(record: Record) -> None:
    set_up_office(record)

    outcome = load(record, replace(workbook_rows(), fund="Arts and Crime Fund"))
    assert [(f.code, f.name) for f in record.ask(fund_list)][-1] == ("AACF", "Arts and Crime Fund")
    again = load(record, replace(workbook_rows(), fund="All About Crime Fund"))
    assert [f.code for f in record.ask(fund_list)][-1] == "AACF2"

    undo(record, again)
    undo(record, outcome)
    assert [f.code for f in record.ask(fund_list)] == ["ACF", "CSF"]
    assert_replays(record)


def test_eligible_stands_for_all_gates_with_its_reason(record: Record) -> None:
    set_up_office(record)
    rows = tuple(
        application(number, eligibility=word, eligibility_reason=reason)
        for number, (word, reason) in enumerate(
            [
                (Eligibility.NO, "not constituted"),
                (Eligibility.NO, ""),
                (Eligibility.TO_CHECK, "waiting for a letter"),
                (Eligibility.WAIVED, "a pilot"),
                (Eligibility.YES, "seen"),
                (Eligibility.YES, ""),
            ],
            start=1,
        )
    )

    load(record, replace(_bare(), applications=rows))

    assert record.ask(lambda s: applications(s, 1)) == rows


def test_a_round_is_loaded_once_unless_replaced(record: Record) -> None:
    set_up_office(record)
    load(record)

    with pytest.raises(Refused, match=r"in the record already.*--replace"):
        load(record)


def test_the_same_name_in_another_year_is_another_round(record: Record) -> None:
    set_up_office(record)
    load(record)

    load(record, replace(workbook_rows(), year="2027/28"))

    assert [line.year for line in record.ask(rounds)] == ["2026/27", "2027/28"]


def test_a_scheme_that_may_not_be_published_is_refused_and_nothing_stays(record: Record) -> None:
    set_up_office(record)
    light = replace(SCHEME.criteria[0], weight_1e4=400_000)
    scheme = replace(SCHEME, criteria=(light, *SCHEME.criteria[1:]))

    with pytest.raises(Refused, match="weights add up to 90, not 100"):
        load(record, replace(workbook_rows(), scheme=scheme))

    assert record.ask(rounds) == ()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (replace(workbook_rows(), areas=()), "Dudley, which has no pot"),
        (
            replace(workbook_rows(), sheets=(SheetRow("M9", "ACF-001", True, (1, 1, 1)),)),
            "no member M9",
        ),
        (
            replace(workbook_rows(), interests=(InterestRow("M1", "ACF-9", InterestKind.NONE),)),
            "no application ACF-9",
        ),
    ],
)
def test_rows_that_name_what_is_not_there_are_refused(record: Record, rows: RoundRows, words: str) -> None:
    set_up_office(record)

    with pytest.raises(Refused, match=words):
        load(record, rows)

    assert record.ask(rounds) == ()


def test_loading_is_undone_whole_and_done_again(record: Record) -> None:
    set_up_office(record)

    undone = undo(record, load(record))
    assert record.ask(rounds) == ()

    undo(record, undone)
    assert only_round(record) == workbook_rows()
    assert_replays(record)


def test_decimals_mean_the_same_however_they_are_written(record: Record) -> None:
    set_up_office(record)
    scheme = replace(SCHEME, minimum_total=Decimal("60.50"), tolerance_percent=Decimal("1E+1"))

    load(record, replace(workbook_rows(), scheme=scheme))

    assert only_round(record).scheme == scheme
    assert_replays(record)


def test_a_round_can_be_loaded_as_still_being_set_up(record: Record) -> None:
    set_up_office(record)

    record.perform(LoadRound(workbook_rows(), opens=False), OFFICER)

    assert [line.stage for line in record.ask(rounds)] == ["set up"]


def _bare() -> RoundRows:
    rows = workbook_rows()
    return RoundRows(rows.fund, rows.name, rows.year, rows.scheme, rows.areas, ())


SEATS = (SeatRow("NPU commander", "", "Cora Command"), SeatRow("Chief Executive", "", "Dee Decider"))


def test_who_signs_comes_with_the_workbook_and_back_with_a_round_that_was_removed(record: Record) -> None:
    set_up_office(record)

    outcome = load(record, replace(workbook_rows(), seats=SEATS))
    loaded = record.ask(lambda s: seat_rows(s, 1))
    again = undo(record, undo(record, outcome))

    assert loaded == SEATS
    assert record.ask(lambda s: seat_rows(s, 1)) == SEATS
    assert again.words.startswith("The round “Autumn”")
    assert_replays(record)


@pytest.mark.parametrize(
    ("seat", "said"),
    [
        (SeatRow("Mayor", "", "Cora Command"), "“Mayor” names no post of the round's chain.*NPU commander"),
        (SeatRow("NPU commander", "Coventry", "Cora Command"), "“NPU commander, Coventry” names no post"),
        (SeatRow("NPU commander", "", "Ann Sample"), "nobody both scores and decides"),
    ],
)
def test_a_workbook_that_says_wrong_who_signs_changes_nothing(
    record: Record, seat: SeatRow, said: str
) -> None:
    set_up_office(record)

    with pytest.raises(Refused, match=said):
        load(record, replace(workbook_rows(), seats=(seat,)))

    assert record.ask(rounds) == ()
