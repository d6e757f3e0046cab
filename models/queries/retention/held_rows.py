"""Rows of the record as they are handed to whoever asks what is held: plain words, pounds and days.

What only the program needs is left out: numbers of rows, names as they are compared, order on a list. A
number that points to another row is told as what it points to.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from models.papers.held import HeldTable, Said
from models.schema.applications.application import application_table
from models.schema.panel.panel import member_table
from models.schema.panel.person import person_table
from models.schema.panel.sheet import sheet_table
from models.schema.set_up.round import area_table, round_table
from models.session import Session
from scoring.money import pounds

_OWN_NUMBERS = frozenset({"id", "uid", "position", "name_key"})
_NO_DAY = date.min


def whole_rows(session: Session, table: Table, where: ColumnElement[bool]) -> HeldTable:
    """Return rows of a table with the columns that tell somebody something."""
    rows = session.execute(select(table).where(where).order_by(*table.primary_key.columns)).all()
    pointed = _pointed(session)
    names = [column.name for column in table.columns]
    kept = [n for n, name in enumerate(names) if _tells(name, pointed) and any(_says(row[n]) for row in rows)]
    told = tuple(tuple(_told(names[n], row[n], pointed) for n in kept) for row in rows)
    return HeldTable(in_words(table.name), tuple(_heading(names[n]) for n in kept), told if kept else ())


def value_words(value: Any) -> Said:
    """Return a value as it is told."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int):
        return value
    if value == _NO_DAY:
        return ""
    return value.isoformat() if isinstance(value, datetime) else _answers(str(value))


def in_words(name: str) -> str:
    """Return the name of a table or a column in words."""
    return name.replace("_", " ")


def _tells(name: str, pointed: Mapping[str, Mapping[int, str]]) -> bool:
    return name in pointed or not (name in _OWN_NUMBERS or name.endswith("_id"))


def _says(value: Any) -> bool:
    return value not in (None, "", _NO_DAY)


def _heading(name: str) -> str:
    if name == "sheet_id":
        return "application"
    return in_words(name.removesuffix("_id").removesuffix("_pence"))


def _told(name: str, value: Any, pointed: Mapping[str, Mapping[int, str]]) -> Said:
    if name in pointed:
        return "" if value is None else pointed[name].get(value, "")
    if name.endswith("_pence") and isinstance(value, int):
        return pounds(value)
    return value_words(value)


def _pointed(session: Session) -> Mapping[str, Mapping[int, str]]:
    """Return how a number of another row is told, by the column that holds it."""
    applications = dict(session.execute(select(application_table.c.id, application_table.c.reference)).all())
    sheets = dict(session.execute(select(sheet_table.c.id, sheet_table.c.application_id)).all())
    return {
        "application_id": applications,
        "sheet_id": {number: applications[of] for number, of in sheets.items()},
        "round_id": dict(session.execute(select(round_table.c.id, round_table.c.name)).all()),
        "area_id": dict(session.execute(select(area_table.c.id, area_table.c.name)).all()),
        "member_id": _members(session),
    }


def _members(session: Session) -> dict[int, str]:
    columns = select(member_table.c.id, person_table.c.name).join(person_table)
    return dict(session.execute(columns).all())


def _answers(text: str) -> str:
    """Return the answers of a form, which are kept as pairs, a line each; any other text as it is."""
    if not text.startswith("[["):
        return text
    try:
        pairs = json.loads(text)
    except ValueError:
        return text
    is_pairs = all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    return "\n".join(f"{question}: {answer}" for question, answer in pairs) if is_pairs else text
