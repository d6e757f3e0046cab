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
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.set_up.funds import fund_list, fund_rules
from models.record import Record
from models.session import Session
from models.trouble import Trouble
from models.values.stored import READ_AS, NotRead
from tests.models.conftest import OPENER, tamper

GUARDS = ("applications_as_submitted", "applications_texts", "schemes_frozen", "criteria_frozen")
UNGUARDED = ["PRAGMA ignore_check_constraints=ON", *(f"DROP TRIGGER {name}" for name in GUARDS)]
SPOILT = '{"x":[1]}', "[[1,[]]]"
SUMS = {
    "every_award": "what is due and paid",
    "award_lines": "what papers and sums are made of",
    "every_due_diligence": "what bars an award",
    "published_subsidies": "a list for the public",
    "record_years": "sums of a year",
}
"""What is refused in a sentence rather than told without a round: a sum or a public list would be false."""
GIVEN = {date: date(2026, 11, 20), Viewer: OFFICE_VIEWER}


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
            known = [GIVEN[one.annotation] for one in needed if one.annotation in GIVEN]
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


def test_the_other_funds_are_listed_beside_one_whose_rules_cannot_be_read(decided: Record) -> None:
    names = [fund.name for fund in decided.ask(fund_list)]
    decided.close()
    tamper(decided.path, "UPDATE funds SET defaults = '{\"x\":1}' WHERE id = 1")

    with Record.open(decided.path, OPENER) as spoilt:
        assert [fund.name for fund in spoilt.ask(fund_list)] == names
        with pytest.raises(Trouble, match=r"Table funds, column defaults: .* cannot be read"):
            spoilt.ask(fund_rules, 1)
