"""A row that cannot be read costs its own line: what lists others beside it still lists them."""

import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import models.queries
from models.operations.awards.direct_awards import proposal_change
from models.operations.set_up.office import AddFund
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.awards.awards_page import readable_awards, readable_diligence
from models.queries.awards.year_facts import year_end
from models.queries.panel.panel_board import NOT_CHECKED, panel_board
from models.queries.set_up.funds import fund_list, fund_rules, round_rules
from models.record import Record
from models.session import Session
from models.trouble import Trouble
from models.values.stored import READ_AS, NotRead
from tests.models.conftest import OPENER, tamper
from tests.models.operations.awards.proposals import BOXING
from tests.models.operations.deciding_rounds import DECIDER
from tests.models.operations.year_ends import YEAR
from tests.models.rounds import MONEY_ONLY, OFFICER

GUARDS = ("applications_as_submitted", "applications_texts", "schemes_frozen", "criteria_frozen")
UNGUARDED = ["PRAGMA ignore_check_constraints=ON", *(f"DROP TRIGGER {name}" for name in GUARDS)]
SPOILT = '{"x":[1]}', "[[1,[]]]"
SUMS = {
    "every_award": "what is due and paid",
    "award_lines": "what papers and sums are made of",
    "published_subsidies": "a list for the public",
    "record_years": "sums of a year",
}
"""What is refused in a sentence rather than told without a round: a sum or a public list would be false."""
GIVEN = {
    date: date(2026, 11, 20),
    Viewer: OFFICE_VIEWER,
    "name": DECIDER.name,
    "role": DECIDER.role,
    "round_id": 99,
}
"""What is asked, by the type of a parameter or its name."""
BESIDE_A_ROUND = ("awaiting_elsewhere",)
"""Queries of all rounds but the one on show."""


@cache
def over_all() -> tuple[tuple[str, Callable[..., Any], list[Any]], ...]:
    return tuple(_over_all())


def _over_all() -> Iterator[tuple[str, Callable[..., Any], list[Any]]]:
    """Yield the queries that are of the whole record, with what they are asked besides."""
    for info in pkgutil.walk_packages(models.queries.__path__, "models.queries."):
        for name, query in vars(import_module(info.name)).items():
            if name.startswith("_") or not inspect.isfunction(query) or query.__module__ != info.name:
                continue
            first, *others = inspect.signature(query).parameters.values() or [None]
            needed = [one for one in others if one.default is inspect.Parameter.empty]
            keys = [one.annotation if one.annotation in GIVEN else one.name for one in needed]
            is_of_round = "round_id" in keys and name not in BESIDE_A_ROUND
            known = [GIVEN[key] for key in keys if key in GIVEN and not is_of_round]
            if first is not None and first.annotation is Session and len(known) == len(needed):
                yield name, query, known


def refused(record: Record) -> dict[str, Exception]:
    found = {}
    for name, query, known in over_all():
        try:
            record.ask(query, *known)
        except Exception as error:  # noqa: BLE001  whatever a page would end in
            found[name] = error
    return found


@pytest.mark.parametrize("column", READ_AS)
def test_one_row_that_cannot_be_read_costs_its_own_line(decided: Record, tmp_path: Path, column: str) -> None:
    before = refused(decided)
    decided.close()
    table, name = column.split(".")
    path = tmp_path / "spoilt.panel"
    shutil.copy(decided.path, path)
    first = f"rowid = (SELECT min(rowid) FROM {table})"
    assert len(over_all()) > 80
    for words in SPOILT:
        tamper(path, *UNGUARDED, f"UPDATE {table} SET {name} = '{words}' WHERE {first}")
        with Record.open(path, OPENER) as spoilt:
            after = {name: error for name, error in refused(spoilt).items() if name not in before}

        assert {*after} <= {*SUMS}
        assert all(isinstance(error, NotRead) for error in after.values()), after


def propose_of_another_fund(record: Record) -> None:
    """Propose an award without a competition of a fund of its own."""
    record.perform(AddFund(MONEY_ONLY), OFFICER)
    record.perform(record.ask(lambda s: proposal_change(s, "CSF", YEAR, BOXING, ())), OFFICER)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        ("UPDATE funds SET defaults = '{\"x\":1}' WHERE id = 1", "Table funds, column defaults"),
        ("UPDATE rounds SET fund_rules = '{\"x\":1}' WHERE id = 1", ""),
        ("UPDATE rounds SET chain = '[1]' WHERE id = 1", ""),
        ("UPDATE decisions SET conditions = '{}'", ""),
    ],
)
def test_lists_of_awards_show_all_but_the_round_that_cannot_be_read(
    decided: Record, spoil: str, named: str
) -> None:
    propose_of_another_fund(decided)
    before, of_year = decided.ask(readable_awards), decided.ask(year_end, "CSF", YEAR)
    decided.close()
    tamper(decided.path, *UNGUARDED, spoil)

    with Record.open(decided.path, OPENER) as spoilt:
        found = spoilt.ask(readable_awards)
        checks = spoilt.ask(readable_diligence, GIVEN[date])
        assert spoilt.ask(year_end, "CSF", YEAR).lines == of_year.lines

    assert before.left_out == ()
    assert [one.reference for one in found.rows] == [one.reference for one in before.rows]
    if not named:
        assert found.left_out == ()
        return
    words = before.rows[0].round.words
    assert checks.rows == ()
    assert [one.partition(" cannot")[0] for one in (*found.left_out, *checks.left_out)] == [
        f'{words} is listed without the dates by which agreements must come back. {named}: “{{"x":1}}”',
        f'{words} is left out. {named}: “{{"x":1}}”',
    ]


def test_what_an_open_round_keeps_of_its_funds_rules_is_named_where_it_is_spoilt(decided: Record) -> None:
    decided.close()
    tamper(decided.path, *UNGUARDED, "UPDATE rounds SET fund_rules = '{\"x\":1}' WHERE id = 1")

    with Record.open(decided.path, OPENER) as spoilt:
        with pytest.raises(Trouble, match=r"Table rounds, column fund_rules: .* cannot be read"):
            spoilt.ask(round_rules, 1)
        assert NOT_CHECKED in spoilt.ask(panel_board, 1).warnings


def test_the_other_funds_are_listed_beside_one_whose_rules_cannot_be_read(decided: Record) -> None:
    names = [fund.name for fund in decided.ask(fund_list)]
    decided.close()
    tamper(decided.path, "UPDATE funds SET defaults = '{\"x\":1}' WHERE id = 1")

    with Record.open(decided.path, OPENER) as spoilt:
        assert [fund.name for fund in spoilt.ask(fund_list)] == names
        with pytest.raises(Trouble, match=r"Table funds, column defaults: .* cannot be read"):
            spoilt.ask(fund_rules, 1)
