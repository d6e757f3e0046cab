"""Rows of the record as they are handed to whoever asks what is held: plain words, pounds and days.

What only the program needs is left out: numbers of rows, names as they are compared, order on a list. A
number that points to another row is told as what it points to.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from models.papers.held import HeldTable, Said
from models.schema.applications import application_table, correction_table
from models.schema.panel import interest_table, member_table, person_table, sheet_table
from models.schema.set_up import area_table, round_table
from models.session import Session
from scoring.money import pounds, score
from scoring.schedule.lines import OUTCOME_WORDS
from scoring.written.days import full_day
from scoring.written.text import with_capital

_TABLES = {
    "agreements": "what the panel agreed",
    "application_choices": "chosen from lists",
    "award_agreements": "grant agreements",
    "bank_endings": "account endings",
    "kept_apart": "kept apart from namesakes",
    "office_fact": "office",
    "organisation_aliases": "names and numbers",
    "sheets": "score sheets",
}
_COLUMNS = {
    "all_gates": "eligible",
    "all_gates_by": "eligibility checked by",
    "all_gates_reason": "why, of eligibility",
    "end_on": "end date",
    "interest_id": "application",
    "is_exception": "outside the published order",
    "is_submitted": "handed in",
    "profile": "how it is paid",
    "sheet_id": "application",
    "sheet_member": "member",
    "start_on": "start date",
    "tied": "equal with another",
    "trigger": "paid when",
    "verdict": "decided",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "outcome": {outcome.value: words for outcome, words in OUTCOME_WORDS.items()},
    "verdict": {"agree": "as recommended", "change": "otherwise than recommended"},
}
_CODES = frozenset({"kind", "route", "ground", "state"})
"""Columns of codes that read as words without their underscores."""
_ENDINGS = ("_id", "_pence", "_1e2")


def table_words(name: str) -> str:
    """Return the name of a table in words."""
    return _TABLES.get(name, _plain(name))


def column_words(name: str) -> str:
    """Return the name of a column in words, without what it is counted in."""
    if name in _COLUMNS:
        return _COLUMNS[name]
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return _plain(name.removeprefix("is_"))


def code_words(column: str, value: str) -> str:
    """Return a code of a column in words; any other text as it is."""
    return _plain(value) if column in _CODES else _VALUES.get(column, {}).get(value, value)


def _plain(name: str) -> str:
    return name.replace("_", " ")


_OWN_NUMBERS = frozenset(
    {"id", "uid", "position", "name_key", "received_has_time", "is_suggested", "account_sum"}
)
_SHEET_MEMBER = "sheet_member"
"""Whose a sheet is, beside the application that it is of: both are known by the sheet's number."""
_NO_DAY, NOTHING = date.min, "–"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def whole_rows(session: Session, table: Table, where: ColumnElement[bool]) -> HeldTable:
    """Return rows of a table with the columns that tell somebody something."""
    found = session.execute(select(table).where(where).order_by(*table.primary_key.columns)).all()
    rows: Sequence[Sequence[Any]] = found
    if table is correction_table:
        rows = [_plain_correction(row._asdict()) for row in found]
    pointed = _pointed(session)
    names = [column.name for column in table.columns]
    kept = [
        (n, named)
        for n, name in enumerate(names)
        if _tells(name, pointed) and any(_says(row[n]) for row in rows)
        for named in ((name, _SHEET_MEMBER) if name == "sheet_id" else (name,))
        if not (named == "code" and "words" in names)
    ]
    told = tuple(tuple(_told(name, row[n], pointed) for n, name in kept) for row in rows)
    is_bare = all(name == "application_id" for _, name in kept)
    columns = tuple(column_words(name) for _, name in kept)
    return HeldTable(table_words(table.name), columns, () if is_bare else told)


def value_words(value: Any) -> Said:
    """Return a value as it is told."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int):
        return value
    if value == _NO_DAY:
        return ""
    return value.isoformat() if isinstance(value, datetime) else _lines(str(value))


def _tells(name: str, pointed: Mapping[str, Mapping[int, str]]) -> bool:
    return name in pointed or not (name in _OWN_NUMBERS or name.endswith("_id"))


def _says(value: Any) -> bool:
    return value not in (None, "", "[]", _NO_DAY)


def _told(name: str, value: Any, pointed: Mapping[str, Mapping[int, str]]) -> Said:
    if name in pointed:
        return "" if value is None else pointed[name].get(value, "")
    if name.endswith("_pence") and isinstance(value, int):
        return pounds(value)
    if name.endswith("_1e2") and isinstance(value, int):
        return score(value)
    return (
        code_words(name, value)
        if isinstance(value, str) and not value.startswith(("[", "{"))
        else value_words(value)
    )


def _plain_correction(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return a correction with the name of its field, and both of its values, as they are told."""
    field = row["field"]
    told = {name: _told(field, _read(row[name]), {}) for name in ("value", "submitted")}
    return tuple({**row, "field": column_words(field), **told}.values())


def _pointed(session: Session) -> Mapping[str, Mapping[int, str]]:
    """Return how a number of another row is told, by the column that holds it."""
    applications = dict(session.execute(select(application_table.c.id, application_table.c.reference)).all())
    members = _members(session)
    columns = select(sheet_table.c.id, sheet_table.c.application_id, sheet_table.c.member_id)
    sheets = session.execute(columns).all()
    return {
        "application_id": applications,
        "sheet_id": {number: applications[of] for number, of, _ in sheets},
        _SHEET_MEMBER: {number: members.get(member, "") for number, _, member in sheets},
        "interest_id": _interests(session),
        "round_id": dict(session.execute(select(round_table.c.id, round_table.c.name)).all()),
        "area_id": dict(session.execute(select(area_table.c.id, area_table.c.name)).all()),
        "member_id": members,
    }


def _members(session: Session) -> dict[int, str]:
    columns = select(member_table.c.id, person_table.c.name).join(person_table)
    return dict(session.execute(columns).all())


def _interests(session: Session) -> dict[int, str]:
    columns = select(interest_table.c.id, application_table.c.reference).join(application_table)
    return dict(session.execute(columns).all())


def _lines(text: str) -> str:
    """Return a list of texts, or of a form's questions with answers, a line each; any other text as it is.

    So are the terms of an award, each under its name: "End date: 17 December 2027".
    """
    if not text.startswith(("[", "{")):
        return text
    pairs = _read(text)
    if isinstance(pairs, str):
        return text
    if isinstance(pairs, dict):
        return "\n".join(_named_parts(pairs))
    if all(isinstance(one, str) for one in pairs):
        return "\n".join(pairs)
    is_pairs = all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    return "\n".join(f"{question}: {answer}" for question, answer in pairs) if is_pairs else text


def _read(text: str) -> Any:
    """Return what a text holds as JSON, the text itself where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _named_parts(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield each part of a value under its name, and what a part is made of in one line."""
    for name, value in found.items():
        several = value if isinstance(value, list) else [value]
        yield f"{with_capital(column_words(name))}: {'; '.join(_part(name, one) for one in several)}"


def _part(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(_named_parts(value))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return full_day(date.fromisoformat(value))
    return str(_told(name, value, {}) or NOTHING)
