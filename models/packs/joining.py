"""Rows of one record numbered and named for another, with names that both give to different things."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from sqlalchemy import Table

from models.operations.packs.consolidated import Renamed
from models.packs.part_rows import (
    ATTACHED,
    BY_UID,
    Row,
    Rows,
    Value,
    carried,
    natural_keys,
    number_of,
    of_rounds,
    refers_to,
    same_organisations,
)
from models.papers.issued import paper_key
from models.papers.order import BETWEEN
from models.papers.texts import OF_APPLICATIONS
from models.schema.base import METADATA
from models.store.upkeep import TableRows
from models.values.attachments import ORGANISATION
from scoring.money import pounds
from scoring.written.names import typed_key

_LETTERS = 3
_WORD = re.compile(r"[A-Za-z]")


class NamesTaken:
    """Which references, notices and names of rounds are taken here, and what those that come in become."""

    def __init__(self, here: Rows, there: Rows, name: str) -> None:
        self._renamed: dict[Renamed, None] = {}
        self._name = name
        areas = {row["id"]: str(row["name"]) for row in there["areas"]}
        self._of_round: dict[Value, set[str]] = {}
        for row in there["areas"]:
            self._of_round.setdefault(row["round_id"], set()).add(str(row["name"]))
        self._letters = _letters({*areas.values(), *(str(row["name"]) for row in here["areas"])})
        known = {row["uid"] for row in here["applications"]}
        new = {row["id"]: row for row in there["applications"] if row["uid"] not in known}
        area_of = {number: areas.get(row["area_id"], name) for number, row in new.items()}
        self._rounds = {_of_fund(row["fund_name"], row["name"]) for row in here["rounds"]}
        taken = {row["reference"] for row in here["applications"]}
        others = {row["reference"] for row in there["applications"]} | taken
        self._references = {
            number: self._lettered(row["reference"], area_of[number], others)
            for number, row in new.items()
            if row["reference"] in taken
        }
        self._of_text = {
            (new[number]["round_id"], new[number]["reference"]): reference
            for number, reference in self._references.items()
        }
        self._of_issue = {row["id"]: row["round_id"] for row in there["paper_issues"]}
        awards = {row["reference"] for row in here["awards"]}
        self._awards: dict[Value, str] = {
            row["reference"]: self._lettered(row["reference"], area_of[row["application_id"]], awards)
            for row in there["awards"]
            if row["reference"] in awards and row["application_id"] in new
        }
        notices: set[Value] = {row["notice"] for row in here["sign_offs"] if row["notice"]}
        self._notices: dict[Value, str] = {
            row["notice"]: self._lettered(row["notice"], self._of_one(row["round_id"]), notices)
            for row in there["sign_offs"]
            if row["notice"] in notices
        }

    @property
    def renamed(self) -> tuple[Renamed, ...]:
        """Return what bears another name here, each once, each kind of thing by name."""
        kinds = [*dict.fromkeys(one.what for one in self._renamed)]
        return tuple(sorted(self._renamed, key=lambda one: (kinds.index(one.what), one.old)))

    def rename(self, table: str, row: Row, now: Row) -> None:
        """Give a row that comes in the names that it has here."""
        if table == "applications":
            now["reference"] = self._references.get(row["id"], row["reference"])
        elif table == "awards":
            now["reference"] = self._awards.get(row["reference"], row["reference"])
            self.note("Award", row["reference"], now["reference"])
        elif table == "sign_offs":
            now["notice"] = self._notices.get(row["notice"], row["notice"])
            self.note("Notice", row["notice"], now["notice"])
        elif table == "paper_texts" and row["paper"] in OF_APPLICATIONS:
            now["subject"] = self._of_text.get((row["round_id"], row["subject"]), row["subject"])
        elif table in ("paper_issues", "paper_texts"):
            names = {**self._notices, **self._awards}
            parts = str(row["subject"]).split(BETWEEN)
            now["subject"] = BETWEEN.join(str(names.get(part, part)) for part in parts)
        elif table == "paper_files":
            now["pieces"] = paper_key(int(now["issue_id"] or 0), str(row["sha256"]))
            about = (self._of_issue[row["issue_id"]], row["about"])
            now["about"] = self._of_text.get(about, self._awards.get(row["about"], row["about"]))
        elif table == "rounds" and _of_fund(now["fund_name"], row["name"]) in self._rounds:
            first, fund = f"{row['name']}, {self._of_one(row['id'])}", row["fund_name"]
            now["name"] = _free(first, self._rounds, lambda found: _of_fund(fund, found))
            self.note("Round", row["name"], now["name"])

    def note(self, what: str, old: Value, new: Value, number: Value = None) -> None:
        """Note that something bears another name here, an application with its number."""
        if old != new:
            self._renamed[Renamed(what, str(old), str(new), None if number is None else int(number))] = None

    def _of_one(self, round_id: Value) -> str:
        """Return the area of a round that has one alone, else the record's name."""
        areas = sorted(self._of_round.get(round_id, ()))
        return areas[0] if len(areas) == 1 else self._name

    def _lettered(self, old: Value, area: str, taken: set[Value]) -> str:
        """Return a name with the area's letters that nothing has here or there."""
        letters = self._letters.get(area) or "".join(_WORD.findall(area)).upper()[:_LETTERS] or "X"
        return _free(f"{old}-{letters}", taken, lambda found: found)


T = TypeVar("T")


def _free(first: str, taken: set[T], key: Callable[[str], T]) -> str:
    """Return a name, or that name with a number behind it, that is not taken, and take it."""
    found, number = first, 2
    while key(found) in taken:
        found, number = f"{first}-{number}", number + 1
    taken.add(key(found))
    return found


def _of_fund(fund: Value, name: Value) -> tuple[Value, Value]:
    """Return a round's name with its fund as both are compared: "autumn" is "Autumn"."""
    return typed_key(str(fund)), typed_key(str(name))


def _letters(areas: Iterable[str]) -> Mapping[str, str]:
    """Return the letters of each area: its first three, or as many more as tell it from the others."""
    names = sorted(areas)
    found: dict[str, str] = {}
    for name in names:
        many = _LETTERS
        plain = "".join(_WORD.findall(name)).upper()
        while plain[:many] in found.values() and many < len(plain):
            many += 1
        found[name] = plain[:many]
    return found


_NEVER_COMPARED = ("uid", "position")
_THE_SAME = ("organisations", "organisation_aliases", "financial_years", "office")
"""Tables whose rows are the same here and there whatever else they say."""
_MONEY = ("budget_moves", "budget_contributions")
"""Tables of which each row counts, whether or not another says the same."""
_LATER_FIRST = ("decisions",)
"""Tables whose rows may refer to later ones of the same table: the later are put in first."""

_SUBJECTS = ("applications", "rounds")

Key = tuple[object, object]


class Joining:
    """A record's rows on their way into another one."""

    def __init__(self, here: Rows, there: Rows, name: str) -> None:
        self.new: dict[str, list[Row]] = {}
        self.left: list[str] = []
        self.rounds: list[Row] = []
        self.again: list[Row] = []
        self._here, self._there = here, there
        self._names = NamesTaken(here, there, name)
        self._numbers: dict[str, dict[Value, Value]] = defaultdict(dict)
        self._numbers["organisations"] = dict(same_organisations(here, there))
        known = {row["uid"] for row in here["applications"]}
        self._joined_before = {row["round_id"] for row in there["applications"] if row["uid"] in known}
        self._highest = {
            table.name: max((int(row[number] or 0) for row in here[table.name]), default=0)
            for table in carried()
            if (number := number_of(table)) is not None
        }
        for table in carried():
            self._join(table)

    @property
    def renamed(self) -> tuple[Renamed, ...]:
        return self._names.renamed

    def found(self) -> Iterator[TableRows]:
        """Yield the new rows, table by table."""
        for name, rows in self.new.items():
            yield as_stored(name, reversed(rows) if name in _LATER_FIRST else rows)

    def number_here(self, table: str, number: Value) -> Value:
        """Return the number here of a row of the other record, None where it does not come in."""
        return self._numbers[table].get(number)

    def _join(self, table: Table) -> None:
        known: dict[Key, Row] = {}
        for row in self._here[table.name]:
            _note(known, table, row)
        direct = self._direct_rounds() if table.name == "rounds" else {}
        for row in self._there[table.name]:
            if table.name == "rounds":
                self._join_round(table, row, direct, known)
            elif self._comes(table, row):
                self._place(table, row, known)

    def _join_round(
        self, table: Table, row: Row, direct: Mapping[Value, Value], known: dict[Key, Row]
    ) -> None:
        """Take a round in under its identity; awards without a competition join those of fund and year."""
        if ("uid", row["uid"]) in known or row["id"] in self._joined_before:
            self.again.append(row)
        elif row["id"] in direct:
            self._numbers[table.name][row["id"]] = direct[row["id"]]
        else:
            self.rounds.append(row)
            self._put(table, row, self._mapped(table, row), known)

    def _direct_rounds(self) -> dict[Value, Value]:
        """Return the rounds of awards without a competition of which this record has one of its own."""
        here = {(row["fund_id"], row["year_id"]): row["round_id"] for row in self._here["direct_rounds"]}
        funds, years = self._numbers["funds"], self._numbers["financial_years"]
        found = {
            row["round_id"]: here.get((funds.get(row["fund_id"]), years.get(row["year_id"])))
            for row in self._there["direct_rounds"]
        }
        return {there: number for there, number in found.items() if number is not None}

    def _comes(self, table: Table, row: Row) -> bool:
        """Whether what a row hangs on comes in too; what is of the office or a fund always may."""
        if table.name == ATTACHED:
            return self._is_attached(row)
        if table.name not in of_rounds():
            return True
        if table.name in BY_UID:
            column, of = BY_UID[table.name]
            return row[column] in {one["uid"] for one in self.new.get(of, ())}
        refers = ((of, row[name]) for name, of in refers_to(table).items() if of in of_rounds())
        found = [one for one in refers if one[1] is not None]
        return bool(found) and all(
            one[0] == table.name or self.number_here(*one) is not None for one in found
        )

    def _is_attached(self, row: Row) -> bool:
        """Whether a file comes: of what is new, or of an organisation that does not have it here."""
        if row["about"] == ORGANISATION:
            return row["pieces"] not in {one["pieces"] for one in self._here[ATTACHED]}
        return any(row["subject"] == one["uid"] for of in _SUBJECTS for one in self.new.get(of, ()))

    def _organisation_here(self, uid: Value) -> Value:
        """Return the identity here of an organisation of the other record."""
        number = next((one["id"] for one in self._there["organisations"] if one["uid"] == uid), None)
        here = self.number_here("organisations", number)
        every = (*self._here["organisations"], *self.new.get("organisations", ()))
        return next((one["uid"] for one in every if one["id"] == here), uid)

    def _mapped(self, table: Table, row: Row) -> Row:
        """Return a row with the numbers and names that it has here."""
        now = dict(row)
        for name, of in refers_to(table).items():
            if row[name] is not None:
                its = self._coming_number if of == table.name else self.number_here
                now[name] = its(of, row[name])
        if table.name == "paper_issues":
            now["scope"] = "" if now["round_id"] is None else str(now["round_id"])
        if table.name == ATTACHED and row["about"] == ORGANISATION:
            now["subject"] = self._organisation_here(row["subject"])
        self._names.rename(table.name, row, now)
        return now

    def _place(self, table: Table, row: Row, known: dict[Key, Row]) -> None:
        """Put a row in, unless the record has it; where the two differ, what stands here stays."""
        now, number = self._mapped(table, row), number_of(table)
        if table.name == "organisations" and row["id"] in self._numbers[table.name]:
            return
        stands = next((known[key] for key in _keys(table, now) if key in known), None)
        if stands is None:
            if table.name in _MONEY:
                self.left.extend(_twice(now, self._here[table.name]))
            self._put(table, row, now, known)
            return
        if number is not None:
            self._numbers[table.name][row[number]] = stands[number]
        if table.name not in _THE_SAME:
            self.left.extend(_differing(table, now, stands))

    def _put(self, table: Table, row: Row, now: Row, known: dict[Key, Row]) -> None:
        number = number_of(table)
        if number is not None:
            now[number] = self._coming_number(table.name, row[number])
        if table.name == "applications":
            self._names.note("Application", row["reference"], now["reference"], now["id"])
        self.new.setdefault(table.name, []).append(now)
        _note(known, table, now)

    def _coming_number(self, table: str, number: Value) -> Value:
        """Return the number that a row gets here, whether it is put in already or later."""
        numbers = self._numbers[table]
        if number not in numbers:
            self._highest[table] += 1
            numbers[number] = self._highest[table]
        return numbers[number]


def as_stored(name: str, rows: Iterable[Row]) -> TableRows:
    """Return rows of a table as a journal or a record takes them."""
    columns = tuple(METADATA.tables[name].c.keys())
    return TableRows(name, columns, tuple(tuple(row[column] for column in columns) for row in rows))


def _note(known: dict[Key, Row], table: Table, row: Row) -> None:
    for key in _keys(table, row):
        known.setdefault(key, row)


def _keys(table: Table, row: Row) -> Iterator[Key]:
    """Yield by what a row is the same here and there: its identity, and what else of it is unique.

    A row without a value for a key of one column is like no other.
    """
    if "uid" in row:
        yield "uid", row["uid"]
    for names in natural_keys(table) if table.name != "organisations" else ():
        if len(names) != 1 or row[names[0]] is not None:
            yield names, tuple(row[name] for name in names)


def _twice(now: Row, here: Iterable[Row]) -> Iterator[str]:
    """Yield that money of an area stands here already as another entry, since both areas may have it."""
    said = [(name, now[name]) for name in now if name != "id" and not name.startswith("recorded_")]
    if any(all(row[name] == value for name, value in said) for row in here):
        areas = " to ".join(str(now[name]) for name in ("source", "target", "line") if name in now)
        amount = pounds(int(now["amount_pence"] or 0))
        where = f"{areas} in {now['year']}"
        yield f"{amount} of {where} is in both records, and counts twice. Take one back on Budget."


def _differing(table: Table, now: Row, stands: Row) -> Iterator[str]:
    """Yield in what a row differs from the one that stands here."""
    number = number_of(table)
    key = next(iter(natural_keys(table)))
    named = ", ".join(str(stands[name]) for name in key if name not in refers_to(table))
    for name, value in now.items():
        is_compared = name not in (number, *_NEVER_COMPARED) and not name.endswith("_at")
        if is_compared and value != stands[name]:
            what = f"{table.name.replace('_', ' ')} {named}".strip()
            said = f"{name.replace('_', ' ')} is “{value}” there and “{stands[name]}” here"
            yield f"{what}: {said}, which stays."
