"""Sums of open rounds leave out what is proposed for an application that is closed to their reader."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.operation import Actor
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.variations import VaryAward
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.organisations import organisations
from models.queries.awards.awards_page import awards_page
from models.queries.awards.budget import budget_key, budget_page, year_left
from models.queries.awards.year_facts import year_end
from models.queries.deciding.allowances import given_amounts
from models.queries.permissions.reading import with_sums_for
from models.record import Record
from models.role import Role
from models.session import Session
from models.store.locks import logins
from models.values.awards import Successor, Terms
from scoring.budget.figures import FundBudget, without_words
from tests.models.conftest import OPENER, TickingClock
from tests.models.hidden_awards import YEAR
from tests.models.hidden_rounds import CARA, CLOSED, hidden_record
from tests.models.rounds import FUND
from tests.models.store.locks.test_pairs import on_server
from tests.models.store.locks.test_signing_on import opened
from tests.server import cluster

GRACE = Actor("Grace Okoro")
CORA = Viewer("Cora Command", Role.COMMANDER)
CHAIR = Viewer(CARA.name, CARA.role, "C1")
WORDS = "These figures do not include what is proposed for ACF-003: you cannot see that until it is decided."


@pytest.fixture
def half_signed(tmp_path: Path) -> Iterator[Record]:
    """One of two signed £1,000, £2,000 and £3,000 for the first three; the third is closed to the chair."""
    path = hidden_record(tmp_path / "half.panel", "the chair once one of two has signed", 0)
    with Record.open(path, OPENER) as record:
        yield record


def test_budget_and_pots_are_without_it(half_signed: Record) -> None:
    def budget(session: Session, viewer: Viewer) -> tuple[FundBudget, dict[str, int]]:
        with with_sums_for(session, viewer):
            page = budget_page(session, budget_key(session, 1))
            return page.budget, given_amounts(session, 1)

    (whole, takes), (told, shown) = (half_signed.ask(budget, one) for one in (OFFICE_VIEWER, CHAIR))

    assert [one.adds_pence for one in whole.areas] == [600_000]  # 1,000 + 2,000 + 3,000
    assert [one.adds_pence for one in told.areas] == [300_000]  # 1,000 + 2,000
    assert (whole.without, told.without) == ((), (CLOSED,))
    assert (takes[CLOSED], shown[CLOSED]) == (300_000, 0)
    assert told.without_words == WORDS


def test_year_end_and_awards_are_without_it(half_signed: Record) -> None:
    whole, told = (
        half_signed.ask(lambda s, of=of: year_end(s, FUND.name, YEAR, of)) for of in (OFFICE_VIEWER, CHAIR)
    )
    pots, seen = (half_signed.ask(awards_page, 1, of).pots for of in (OFFICE_VIEWER, CHAIR))

    assert [one.adds_pence for one in whole.lines] == [600_000]
    assert [one.adds_pence for one in told.lines] == [300_000]
    assert [one.reference for one in told.lines[0].first] == ["ACF-001", "ACF-002"]
    assert (whole.left_out, told.left_out) == ("", WORDS)
    assert told.notes[-1] == WORDS
    assert [one.given_pence for one in pots] == [600_000]
    assert [one.given_pence for one in seen] == [300_000]


@pytest.fixture
def varied(tmp_path: Path) -> Path:
    """£5,000 in place of £3,000 is proposed for an award that is closed to the commander."""
    clock = TickingClock()
    clock.now = clock.now.replace(month=12, day=10)
    path = hidden_record(tmp_path / "varied.panel", "a commander with an interest in an award", 0)
    with Record.open(path, OPENER, clock=clock) as record:
        record.perform(VaryAward(1, CLOSED, 2, Terms(500_000), "more to do", date(2026, 12, 5)), GRACE)
    return path


def test_a_variation_that_waits_for_a_signature_is_left_out(varied: Path) -> None:
    with Record.open(varied, OPENER) as record:
        whole, told = (
            record.ask(lambda s, of=of: year_end(s, FUND.name, YEAR, of)) for of in (OFFICE_VIEWER, CORA)
        )

    assert [one.adds_pence for one in whole.lines] == [200_000]  # £5,000 in place of £3,000
    assert [one.adds_pence for one in told.lines] == [0]
    assert "A-031-03" in whole.notes[0]
    assert told.notes == (WORDS,)


def test_a_variation_that_waits_is_left_out_on_a_server_too(varied: Path) -> None:
    database = on_server(varied)
    try:
        with cluster().connect(database) as administrator:
            logins.add(administrator, "cora", CORA.name, (Role.COMMANDER,))
        with opened("cora", database) as record:
            told = record.ask(year_end, FUND.name, YEAR, CORA)
    finally:
        cluster().drop(database)

    assert [one.adds_pence for one in told.lines] == [0]
    assert told.notes == (WORDS,)


def test_a_change_counts_all_of_it(half_signed: Record) -> None:
    def nested(session: Session) -> tuple[int, int]:
        with with_sums_for(session, CHAIR):
            within = given_amounts(session, 1)[CLOSED]
        return within, given_amounts(session, 1)[CLOSED]

    assert half_signed.ask(nested) == (0, 300_000)
    assert half_signed.ask(year_left, 1) is None  # nothing is allocated


def test_no_organisation_is_named_by_the_successor_of_an_award_that_is_closed(varied: Path) -> None:
    successor = Successor(
        name="Heirs CIO",
        charity_number="9000727",
        company_number="",
        from_on=date(2026, 12, 4),
        reason="conversion",
    )

    def named(record: Record, viewer: Viewer) -> set[str]:
        lines = record.ask(organisations, today=date(2026, 12, 11), viewer=viewer)
        return {name for line in lines for name in (line.name, *line.others)}

    clock = TickingClock()
    clock.now = clock.now.replace(month=12, day=10)
    with Record.open(varied, OPENER, clock=clock) as record:
        record.perform(SetSuccessor(1, CLOSED, successor, None), GRACE)
        whole, told = named(record, OFFICE_VIEWER), named(record, CORA)

    assert whole - told == {"Heirs CIO"}


def test_many_are_named_together() -> None:
    assert without_words(()) == ""
    assert "ACF-001 and ACF-003: you cannot see that" in without_words(("ACF-001", "ACF-003"))
