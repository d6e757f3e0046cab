"""Rows of the record as they are handed to whoever asks what is held: plain words, pounds and days.

What only the program needs is left out: numbers of rows, names as they are compared, order on a list. A
number that points to another row is told as what it points to.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct, toml
from sqlalchemy import ColumnElement, Table, select

import resources
from models.operation import operation_of
from models.papers.order import HeldTable, Said
from models.queries.applications.applications import application_heads, entered
from models.queries.awards.year_end_figures import round_years
from models.queries.retention.retention import Keeping, Years, years, years_later
from models.queries.set_up.funds import fund_written
from models.queries.set_up.rounds import find_round_id
from models.schema.applications import (
    TEXTS,
    application_table,
    attachment_table,
    correction_table,
    disposal_table,
    gate_table,
    organisation_table,
)
from models.schema.deciding import decided_standing_table, sign_off_table
from models.schema.journal import journal_table
from models.schema.packs import pack_item_table, pack_table
from models.schema.panel import interest_table, member_table, person_table, sheet_table
from models.schema.set_up import area_table, round_table
from models.session import Session, pairs_of, selection
from models.store.chain import said_rows
from models.values import canonical
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow, RoundRows, gathered
from scoring.money import pounds, score
from scoring.schedule.lines import OUTCOME_WORDS
from scoring.written.days import full_day
from scoring.written.text import Refused, listed, power_in_a_sentence, with_capital

HELD_WORDS = toml.decode(resources.text("forms/held.toml"), type=dict[str, dict[str, str]])
_VALUES: Mapping[str, Mapping[str, str]] = {
    "outcome": {outcome.value: words for outcome, words in OUTCOME_WORDS.items()},
    "verdict": {"agree": "as recommended", "change": "otherwise than recommended"},
}
_CODES = frozenset({"code", "kind", "route", "ground", "state"})
"""Columns of codes that read as words without their underscores."""
_ENDINGS = ("_id", "_pence", "_1e2")


def table_words(name: str) -> str:
    return HELD_WORDS["tables"].get(name, _plain(name))


def column_words(name: str) -> str:
    """Return the name of a column in words, without what it is counted in."""
    if name in HELD_WORDS["columns"]:
        return HELD_WORDS["columns"][name]
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
    | {"subject", "pieces"}
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
    if table is decided_standing_table:
        rows = [_plain_standing(row._asdict()) for row in found]
    pointed = _pointed(session) | (_subjects(session) if table is attachment_table else {})
    names = [column.name for column in table.columns]
    kept = [
        (n, named)
        for n, name in enumerate(names)
        if name in pointed or not (name in _OWN_NUMBERS or name.endswith("_id"))
        if any(row[n] not in (None, "", "[]", _NO_DAY) for row in rows)
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


def _told(name: str, value: Any, pointed: Mapping[str, Mapping[Any, str]]) -> Said:
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
    field = row["field"]
    told = {name: _told(field, _read(row[name]), {}) for name in ("value", "submitted")}
    return tuple({**row, "field": column_words(field), **told}.values())


def _pointed(session: Session) -> dict[str, Mapping[Any, str]]:
    applications = pairs_of(session, application_table.c.id, application_table.c.reference)
    people = select(member_table.c.id, person_table.c.name).join(person_table)
    members = dict(session.execute(people).all())
    interests = select(interest_table.c.id, application_table.c.reference).join(application_table)
    columns = select(sheet_table.c.id, sheet_table.c.application_id, sheet_table.c.member_id)
    sheets = session.execute(columns).all()
    return {
        "application_id": applications,
        "sheet_id": {number: applications[of] for number, of, _ in sheets},
        _SHEET_MEMBER: {number: members.get(member, "") for number, _, member in sheets},
        "interest_id": dict(session.execute(interests).all()),
        "round_id": pairs_of(session, round_table.c.id, round_table.c.name),
        "area_id": pairs_of(session, area_table.c.id, area_table.c.name),
        "member_id": members,
        "gate_id": pairs_of(session, gate_table.c.id, gate_table.c.question),
        "sign_off_id": {row.id: _signing(row) for row in session.execute(select(sign_off_table)).all()},
    }


def _signing(row: Any) -> str:
    """Return who signed, when, under which notice and power, and with which interests."""
    notice = f"notice {row.notice}" if row.notice else ""
    power = power_in_a_sentence(row.legal_power) if row.legal_power else ""
    under = listed([one for one in (notice, power) if one])
    said = ", ".join((row.signed_by, row.post, full_day(row.signed_on)))
    return f"{said}{f', under {under}' if under else ''}. Interests: {row.interests}"


def _subjects(session: Session) -> dict[str, Mapping[Any, str]]:
    """Return what files are attached to, as it is called, by its identity."""
    applications = pairs_of(session, application_table.c.uid, application_table.c.reference)
    return {"subject": applications | pairs_of(session, organisation_table.c.uid, organisation_table.c.name)}


def _lines(text: str) -> str:
    """Return a list of texts, of questions with answers, or of steps, a line each; any other text as it is.

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
    if not all(isinstance(one, list) for one in pairs):
        return "\n".join(_part("", one) for one in pairs)
    lines = ((first, ", ".join(str(said) for said in rest if said)) for first, *rest in pairs)
    return "\n".join(f"{question}: {answer}" for question, answer in lines)


def _plain_standing(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what the rule proposed without the area's money and what is kept beside it."""
    figures = _read(row["figures"])
    return tuple({**row, "figures": canonical.dumps({"standing": figures["standing"]})}.values())


def _read(text: str) -> Any:
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


NAME = "how it is used"


def how_used(
    session: Session,
    rounds: Iterable[int],
    applications: Sequence[str] = (),
    *,
    note: str,
    came_from: str = "applied",
    erased: Iterable[str] = (),
) -> HeldTable:
    """Return why, on what basis and how long it is held, and who has had it.

    `rounds` are those of whose applications something is held, `applications` what packs know these by;
    `came_from` is the code of where it did, `note` says what is not there, `erased` a sentence for each
    application of which nothing is said any more.
    """
    kept = dict.fromkeys(years(session, number) for number in rounds) or {Years(): None}
    said = {
        "came_from": HELD_WORDS["said"][came_from],
        "kept": " ".join(map(_kept, kept)),
        "packs": "\n".join(_packs(session, applications)),
        "erased": "\n".join(erased),
        "note": note,
    }
    rows = ((asked, words.format(**said)) for asked, words in HELD_WORDS["used"].items())
    return HeldTable(NAME, ("what you may want to know", "answer"), tuple(row for row in rows if row[1]))


def _kept(found: Years) -> str:
    return HELD_WORDS["said"]["kept"].format(awarded=found.awarded_words, declined=found.declined_words)


def erased_words(session: Session, applications: ColumnElement[bool]) -> tuple[str, ...]:
    """Say of each of some applications that was erased when that was, by whom and why, and what stays."""
    gone, of = disposal_table.c, application_table.c
    rows = session.execute(
        select(of.reference, gone.erased_at, gone.erased_by, gone.person, gone.ground)
        .join(disposal_table)
        .where(applications)
        .order_by(of.id)
    )
    return tuple(
        HELD_WORDS["said"]["erased"].format(
            reference=reference, on=full_day(at), by=by, person=person, ground=ground.rstrip(".")
        )
        for reference, at, by, person, ground in rows
    )


def _packs(session: Session, applications: Sequence[str]) -> Iterator[str]:
    table, item, name = pack_table.c, pack_item_table.c, person_table.c.name
    rows = session.execute(
        select(table.issued_at, name)
        .join(pack_item_table, item.pack == table.pack)
        .join(member_table, member_table.c.uid == table.member)
        .join(person_table)
        .where(item.application.in_(applications))
        .order_by(table.issued_at, name)
        .distinct()
    )
    days = gathered((full_day(at.date()), who) for at, who in rows)
    for day, names in days.items():
        yield f"{day}: for {listed(names)}."


_REMOVE, _CHANGE = "remove applications", "change applications"
_HOLDING = ("import applications", "load round", "replace round", "bring back applications", _REMOVE, _CHANGE)
_REMOVING = (_REMOVE, _CHANGE, "remove round")


GONE = 0
"""The number of every round that is not in the record any more."""


class Rounds:
    """The rounds of a record, as values name them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._there = round_years(session).keys()
        self._by_key: dict[tuple[str, str, str], int] = {}

    def number_of(self, value: Any) -> int | None:
        """Return the number of the round that a value names, 0 for one that is gone; None for no round."""
        if hasattr(value, "round_id"):
            return int(value.round_id) if value.round_id in self._there else GONE
        key = value if isinstance(value, RoundRows) else getattr(value, "round", None)
        return self._of_key(key) if isinstance(key, RoundRows | RoundKey) else None

    def _of_key(self, key: RoundRows | RoundKey) -> int:
        named = (key.fund, key.year, key.name)
        if named not in self._by_key:
            fund = fund_written(self._session, key.fund)
            of = None if fund is None else fund.fund_id
            self._by_key[named] = find_round_id(self._session, of, key.year, key.name) or GONE
        return self._by_key[named]


def removed_applications(session: Session, round_id: int) -> tuple[Keeping, ...]:
    """Return how long the journal keeps what they wrote, in order of references.

    Those of rounds that are gone themselves come with every round, under the number 0.
    """
    removing = selection(journal_table.c.seq, kind=_REMOVING).limit(1)
    if session.scalar(removing) is None:
        return ()
    there, rounds = entered(session, round_id), Rounds(session)
    found: dict[tuple[int, str], tuple[str, date]] = {}
    for entry in said_rows(session, _HOLDING):
        operation = operation_of(entry.kind, entry.body)
        for number, row in _written(rounds, operation):
            found[number, row.reference] = row.organisation, entry.at.date()
        for key in _taken_out(rounds, operation):
            if key in found:
                found[key] = found[key][0], entry.at.date()
    clock = years(session, round_id)
    why = f"removed: {clock.declined_words} after that"
    return tuple(
        Keeping(number, reference, organisation, why, years_later(on, clock.declined), is_removed=True)
        for (number, reference), (organisation, on) in sorted(found.items())
        if number == 0 or (number == round_id and reference not in there)
    )


def _written(rounds: Rounds, value: Any, number: int | None = None) -> Iterator[tuple[int, ApplicationRow]]:
    """Yield the applications with words of their own in a change, with the numbers of their rounds."""
    if isinstance(value, ApplicationRow):
        if number is not None and (value.answers or any(getattr(value, name) for name in TEXTS)):
            yield number, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _written(rounds, part, number)
    elif isinstance(value, Struct):
        own = rounds.number_of(value)
        for name in value.__struct_fields__:
            yield from _written(rounds, getattr(value, name), number if own is None else own)


def _taken_out(rounds: Rounds, operation: Any) -> Iterator[tuple[int, str]]:
    for part in getattr(operation, "parts", (operation,)):
        if part.kind == _REMOVE:
            number = rounds.number_of(part) or 0
            yield from ((number, reference) for reference in part.references)


def chosen_applications(
    session: Session, references: Sequence[str], round_id: int | None
) -> tuple[tuple[int, str], ...]:
    """Return the round's number of each reference with it; `round_id` None looks in every round.

    Refused where there is no such application, and where several rounds have one.
    """
    known = tuple(_known(session, round_id))
    return tuple(_the_one(known, reference.strip()) for reference in dict.fromkeys(references))


def _the_one(known: Sequence[tuple[int, str]], reference: str) -> tuple[int, str]:
    found = [one for one in known if one[1].casefold() == reference.casefold()]
    if not found:
        raise Refused(f"There is no application {reference} in this record. Nothing was erased.")
    if len(found) > 1:
        raise Refused(f"Several rounds have an application {reference}. Name its round with --round.")
    return found[0]


def _known(session: Session, round_id: int | None) -> Iterator[tuple[int, str]]:
    yield from (one.key for one in application_heads(session) if round_id in (None, one.round_id))
    rounds = tuple(round_years(session)) if round_id is None else (round_id,)
    removed = (one for number in (*rounds, 0) for one in removed_applications(session, number))
    yield from dict.fromkeys((one.round_id, one.reference) for one in removed)
