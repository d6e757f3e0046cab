"""The sample's round in progress, and the monitoring workbook of one that is decided."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from cli.sample.made_up import UNDECLARED, published_reasons, sample_lines
from cli.sample.steps import put_in_progress
from models.operation import Actor
from models.operations.set_up.office import SetUpOffice
from models.queries.applications.choices import printed_choices
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, final_decisions, recommendations, signatures
from models.queries.panel.meeting import meeting
from models.queries.panel.panel_board import panel_board
from models.queries.papers.paper_texts import published_purposes
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates, round_line
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.values.rows import scored_round
from scoring.rank import rank
from tests.models.rounds import assert_replays

TODAY = date(2026, 11, 26)
"""A Thursday."""


def make(path: Path, today: date = TODAY) -> Record:
    record = Record.create(path, Opener("Demonstration", "tests"))
    funds = shipped_funds()
    record.perform(SetUpOffice("Sample office", funds), Actor("Demonstration"))
    put_in_progress(record, funds[0], today)
    return record


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make(tmp_path_factory.mktemp("sample") / "sample.panel") as record:
        yield record


def test_there_is_an_area_at_every_stage(sample: Record) -> None:
    line = sample.ask(partial(round_line, round_id=1))

    assert {area.name: area.stage for area in line.areas} == {
        "Birmingham East": "deciding",
        "Birmingham West": "scoring",
        "Coventry": "scoring",
        "Dudley": "recommending",
        "Sandwell": "recommending",
        "Solihull": "intake",
        "Walsall": "deciding",
        "Wolverhampton": "meeting",
    }
    assert line.applications == 42


def test_the_panel_meets_today_and_marks_close_within_the_week(sample: Record) -> None:
    dates = sample.ask(partial(area_dates, round_id=1))

    assert dates["Wolverhampton"].meets_on == TODAY
    # nine days on is Saturday 5 December, so Monday; six days before it, Sunday 29 November, so Monday
    assert dates["Birmingham West"].meets_on == date(2026, 12, 7)
    assert dates["Birmingham West"].marks_close_on == date(2026, 11, 30)
    assert dates["Walsall"].meets_on == date(2026, 11, 6)


def test_no_date_falls_on_a_weekend_whatever_the_day(sample: Record, tmp_path: Path) -> None:
    with make(tmp_path / "sample.panel", TODAY + timedelta(days=2)) as made_on_a_saturday:
        for record in (sample, made_on_a_saturday):
            dates = record.ask(partial(area_dates, round_id=1)).values()
            known = [day for one in dates for day in (one.opens_on, one.closes_on, one.meets_on) if day]

            assert len(known) == 24
            assert max(day.weekday() for day in known) < 5


def test_one_member_has_declared_nothing(sample: Record) -> None:
    rows = sample.ask(partial(round_rows, round_id=1))

    assert {m.code for m in rows.members} - {i.member for i in rows.interests} == {UNDECLARED}


def test_the_panel_is_what_its_fund_expects(sample: Record) -> None:
    board = sample.ask(partial(panel_board, round_id=1))

    assert board.warnings == ()
    assert {row.details.kind for row in board.members} == {"community", "partner", "police"}


def test_no_sheet_is_of_an_application_in_which_the_member_has_an_interest(sample: Record) -> None:
    rows = sample.ask(partial(round_rows, round_id=1))
    barred = {(i.member, i.application) for i in rows.interests}

    assert ("M2", "WV-001") in barred
    assert not barred & {(s.member, s.application) for s in rows.sheets}


def test_marks_stand_far_apart_and_some_items_of_the_meeting_are_closed(sample: Record) -> None:
    before = sample.ask(partial(meeting, round_id=1))
    given = [s.marks[0] or 0 for s in before.rows.sheets if s.application == "WV-005"]

    assert set(before.closed) == {"WV-003", "WV-006"}
    # on A1 of WV-005 one member gives 2, another 5
    assert max(given) - min(given) == 3


def test_one_area_is_over_its_pot_by_what_was_added(sample: Record) -> None:
    rows = sample.ask(partial(round_rows, round_id=1))
    there = {a.reference for a in rows.applications if a.area == "Sandwell"}
    items = [i for i in sample.ask(partial(recommendations, round_id=1)) if i.application in there]
    pot = next(area.pot_pence for area in rows.areas if area.name == "Sandwell")

    # the rule spends the pot of £9,000 to the penny; £2,050 for SA-004 comes on top
    assert sum(item.amount_pence or 0 for item in items) - pot == 205_000
    assert len({item.conditions for item in items if item.amount_pence}) == 1
    odd = next(item for item in items if item.is_departure)
    assert published_reasons()[odd.application] in odd.reason


def test_no_praise_refuses_and_no_reservation_praises(sample: Record) -> None:
    rows = sample.ask(partial(round_rows, round_id=1))
    refused = [i for i in sample.ask(partial(recommendations, round_id=1)) if not i.amount_pence and i.reason]
    strong = [
        words
        for one in rows.agreed
        for mark, words in zip(one.marks, one.reasons, strict=True)
        if mark and mark > 3
    ]

    assert refused
    assert not [i for i in refused if any(words in i.reason for words in strong)]
    assert not any("less clear" in words for words in strong)


def test_every_area_past_its_meeting_is_ranked_whole(sample: Record) -> None:
    ranked = rank(scored_round(sample.ask(partial(round_rows, round_id=1))))
    there = {s.area for s in ranked.standings if s.place is not None}

    assert there >= {"Birmingham East", "Dudley", "Sandwell", "Walsall"}


def test_one_area_is_signed_one_decided_and_its_awards_stand_in_three_states(sample: Record) -> None:
    made = sample.ask(partial(awards, round_id=1))
    decided = set(final_decisions(sample.ask(partial(decisions, round_id=1))))
    signed = {row.application for row in sample.ask(partial(signatures, round_id=1))}

    assert {of[:2] for of in decided} == {"WA"}
    assert {of[:2] for of in signed} == {"BE", "WA"}
    assert made[0].bank is not None
    assert 0 < made[0].paid_pence < made[0].amount_pence
    assert (made[1].agreed_on is None, made[1].paid_pence) == (False, 0)
    assert made[2].agreed_on is None


def test_its_journal_gives_the_same_tables(sample: Record) -> None:
    assert_replays(sample)


def test_two_made_on_one_day_are_the_same_round(sample: Record, tmp_path: Path) -> None:
    query = partial(round_rows, round_id=1)
    with make(tmp_path / "again.panel") as again:
        assert again.ask(query) == sample.ask(query)


def test_applicants_can_be_reached_nowhere(sample: Record) -> None:
    rows = [line.row for line in sample_lines(TODAY)]

    assert all(row.email.endswith("@example.org") for row in rows)
    assert not any(row.phone or row.address or row.postcode for row in rows)
    assert len({row.organisation for row in rows}) == len(rows)


def test_applications_are_for_lines_of_the_funds_lists_but_where_they_still_come_in(sample: Record) -> None:
    chosen = sample.ask(partial(printed_choices, round_id=1))

    assert chosen["BE-001"] == "Violence among young people; Give young people a better start"
    assert not any(reference.startswith("SO-") for reference in chosen)
    assert len(chosen) == 37  # 42 but the five of Solihull


def test_each_award_of_the_sample_says_for_itself_why_it_is_made_and_what_it_is_for(sample: Record) -> None:
    funded = [item for item in sample.ask(partial(recommendations, round_id=1)) if item.amount_pence]
    purposes = sample.ask(partial(published_purposes, round_id=1))

    assert len({item.reason for item in funded}) == len(funded)
    assert {item.application for item in funded} == set(purposes)
