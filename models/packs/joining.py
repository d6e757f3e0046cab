"""Rows of one record numbered and named for another, with names that both give to different things."""

import re
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Table

from models.operations.packs.consolidated import Renamed
from models.packs.part_rows import (
    BY_UID,
    Row,
    Rows,
    Value,
    carried,
    natural_keys,
    number_of,
    of_rounds,
    same_organisations,
    target_of,
)
from models.papers.order import BETWEEN
from models.papers.texts import OF_APPLICATIONS
from models.schema.base import METADATA
from models.store.upkeep import FoundTable
from scoring.money import pounds
from scoring.written.names import typed_key

_LETTERS = 3
_WORD = re.compile(r"[A-Za-z]")


class NamesTaken:
    """Which references, notices and names of rounds are taken here, and what those that come in become."""

    def __init__(self, here: Rows, there: Rows, name: str) -> None:
        self._renamed: dict[Renamed, None] = {}
        self._name = name
        self._areas = {row["id"]: str(row["name"]) for row in there["areas"]}
        self._of_application = {row["id"]: row["area_id"] for row in there["applications"]}
        self._of_round: dict[Value, set[str]] = {}
        for row in there["areas"]:
            self._of_round.setdefault(row["round_id"], set()).add(str(row["name"]))
        known = {row["uid"] for row in here["applications"]}
        numbers = {row["id"] for row in here["applications"]}
        self._letters = _letters({*self._areas.values(), *(str(row["name"]) for row in here["areas"])})
        self._taken: dict[str, set[Value | tuple[Value, Value]]] = {
            "references": {row["reference"] for row in here["applications"]},
            "awards": {row["reference"] for row in here["awards"] if row["application_id"] in numbers},
            "notices": {row["notice"] for row in here["sign_offs"] if row["notice"]},
            "rounds": {_of_fund(row["fund_name"], row["name"]) for row in here["rounds"]},
        }
        self._own = {row["reference"] for row in there["applications"]}
        self._new = {row["id"] for row in there["applications"] if row["uid"] not in known}
        self._references = {
            row["id"]: self._free(
                str(row["reference"]), "references", self._areas.get(row["area_id"], self._name)
            )
            for row in there["applications"]
            if row["id"] in self._new and row["reference"] in self._taken["references"]
        }
        self._of_text = {
            (row["round_id"], row["reference"]): self._references[row["id"]]
            for row in there["applications"]
            if row["id"] in self._references
        }
        self._of_issue = {row["id"]: row["round_id"] for row in there["paper_issues"]}
        self._awards = self._award_names(there)
        self._notices = {
            row["notice"]: self._free(str(row["notice"]), "notices", self._of_one(row["round_id"]))
            for row in there["sign_offs"]
            if row["notice"] in self._taken["notices"]
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
            self._note("Award", row["reference"], now["reference"])
        elif table == "sign_offs":
            now["notice"] = self._notices.get(row["notice"], row["notice"])
            self._note("Notice", row["notice"], now["notice"])
        elif table in ("year_spent", "year_decisions"):
            now["award"] = self._awards.get(row["award"], row["award"])
        elif table == "paper_texts" and row["paper"] in OF_APPLICATIONS:
            now["subject"] = self._of_text.get((row["round_id"], row["subject"]), row["subject"])
        elif table in ("paper_issues", "paper_texts"):
            parts = str(row["subject"]).split(BETWEEN)
            now["subject"] = BETWEEN.join(str(self._new_name(part)) for part in parts)
        elif table == "paper_files":
            about = (self._of_issue[row["issue_id"]], row["about"])
            now["about"] = self._of_text.get(about, self._awards.get(row["about"], row["about"]))
        elif table == "rounds" and _of_fund(now["fund_name"], row["name"]) in self._taken["rounds"]:
            areas = self._of_round.get(row["id"], set())
            of = next(iter(areas)) if len(areas) == 1 else self._name
            now["name"] = self._free(f"{row['name']}, {of}", "rounds", of, row["fund_name"])
            self._note("Round", row["name"], now["name"])

    def note_application(self, old: Value, new: Value, number: Value) -> None:
        """Note the reference that an application had, with its number here."""
        self._renamed[Renamed("Application", str(old), str(new), int(number or 0))] = None

    def _note(self, what: str, old: Value, new: Value) -> None:
        if old != new:
            self._renamed[Renamed(what, str(old), str(new))] = None

    def _new_name(self, part: str) -> Value:
        return self._awards.get(part, self._notices.get(part, part))

    def _award_names(self, there: Rows) -> Mapping[Value, str]:
        clashing = [
            row
            for row in there["awards"]
            if row["reference"] in self._taken["awards"] and row["application_id"] in self._new
        ]
        area_of = self._of_application
        return {
            row["reference"]: self._free(
                str(row["reference"]), "awards", self._areas.get(area_of[row["application_id"]], self._name)
            )
            for row in clashing
        }

    def _of_one(self, round_id: Value) -> str:
        """Return the area of a round that has one alone, else the record's name."""
        areas = sorted(self._of_round.get(round_id, ()))
        return areas[0] if len(areas) == 1 else self._name

    def _free(self, old: str, kind: str, area: str, fund: Value = None) -> str:
        """Return a name with the area's letters that nothing has here or there."""
        letters = self._letters.get(area) or _first(area)
        first = old if fund is not None else f"{old}-{letters}"
        found, number = first, 2
        while self._is_taken(found, kind, fund):
            found, number = f"{first}-{number}", number + 1
        self._taken[kind].add(found if fund is None else _of_fund(fund, found))
        return found

    def _is_taken(self, name: str, kind: str, fund: Value) -> bool:
        one = name if fund is None else _of_fund(fund, name)
        return one in self._taken[kind] or (kind == "references" and name in self._own)


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


def _first(name: str) -> str:
    return "".join(_WORD.findall(name)).upper()[:_LETTERS] or "X"


_NEVER_COMPARED = ("uid", "position")
_THE_SAME = ("organisations", "organisation_aliases", "financial_years", "office")
"""Tables whose rows are the same here and there whatever else they say."""
_MONEY = ("budget_moves", "budget_contributions")
"""Tables of which each row counts, whether or not another says the same."""
_LATER_FIRST = ("decisions",)
"""Tables whose rows may refer to later ones of the same table: the later are put in first."""

Key = tuple[Value, ...]


class Joining:
    """A record's rows on their way into another one."""

    def __init__(self, here: Rows, there: Rows, name: str) -> None:
        self.new: dict[str, list[Row]] = {}
        self.left: list[str] = []
        self.rounds: list[Row] = []
        self.again: list[Row] = []
        self._here, self._there = here, there
        self._names = NamesTaken(here, there, name)
        self._numbers: dict[str, dict[Value, Value]] = {
            "organisations": dict(same_organisations(here, there).joined)
        }
        known = {row["uid"] for row in here["applications"]}
        self._joined_before = {row["round_id"] for row in there["applications"] if row["uid"] in known}
        self._known: dict[str, dict[tuple[int, Key], Row]] = {}
        self._uids: dict[str, dict[Value, Row]] = {}
        self._highest: dict[str, int] = {}
        for table in carried():
            self._join(table)

    @property
    def renamed(self) -> tuple[Renamed, ...]:
        return self._names.renamed

    def found(self) -> Iterator[FoundTable]:
        """Yield the new rows, table by table."""
        for name, rows in self.new.items():
            columns = tuple(METADATA.tables[name].c.keys())
            ordered = reversed(rows) if name in _LATER_FIRST else rows
            yield FoundTable(
                name, columns, tuple(tuple(row[column] for column in columns) for row in ordered)
            )

    def number_here(self, table: str, number: Value) -> Value:
        """Return the number here of a row of the other record, None where it does not come in."""
        return self._numbers.get(table, {}).get(number)

    def _join(self, table: Table) -> None:
        self._known[table.name] = {}
        self._uids[table.name] = {row["uid"]: row for row in self._here[table.name] if "uid" in row}
        for row in self._here[table.name]:
            self._note(table, row)
        direct = self._direct_rounds() if table.name == "rounds" else {}
        for row in self._there[table.name]:
            if table.name == "rounds":
                self._join_round(table, row, direct)
            elif self._comes(table, row):
                self._place(table, row, self._mapped(table, row))

    def _join_round(self, table: Table, row: Row, direct: Mapping[Value, Value]) -> None:
        """Take a round in under its identity; awards without a competition join those of fund and year."""
        if row["uid"] in self._uids["rounds"] or row["id"] in self._joined_before:
            self.again.append(row)
            return
        if row["id"] in direct:
            self._number(table)[row["id"]] = direct[row["id"]]
            return
        self.rounds.append(row)
        self._put(table, row, self._mapped(table, row))

    def _direct_rounds(self) -> dict[Value, Value]:
        """Return the rounds of awards without a competition of which this record has one of its own."""
        funds, years = self._number("funds"), self._number("financial_years")
        here = {(row["fund_id"], row["year_id"]): row["round_id"] for row in self._here["direct_rounds"]}
        found = {
            row["round_id"]: here.get((funds.get(row["fund_id"]), years.get(row["year_id"])))
            for row in self._there["direct_rounds"]
        }
        return {there: number for there, number in found.items() if number is not None}

    def _comes(self, table: Table, row: Row) -> bool:
        """Whether what a row hangs on comes in too; what is of the office or a fund always may."""
        if table.name not in of_rounds():
            return True
        if table.name in BY_UID:
            column, of = BY_UID[table.name]
            return row[column] in {one["uid"] for one in self.new.get(of, ())}
        refers = [(column, target_of(column)) for column in table.c if column.name != number_of(table)]
        found = [
            (target.table, row[column.name])
            for column, target in refers
            if target is not None and target.table in of_rounds() and row[column.name] is not None
        ]
        return bool(found) and all(
            self.number_here(*one) is not None or one[0] == table.name for one in found
        )

    def _mapped(self, table: Table, row: Row) -> Row:
        """Return a row with the numbers and names that it has here."""
        now = dict(row)
        for column in table.c:
            target = target_of(column)
            if target is None or row[column.name] is None or column.name == number_of(table):
                continue
            if target.table == table.name:
                now[column.name] = self._coming_number(table, row[column.name])
            else:
                now[column.name] = self.number_here(target.table, row[column.name])
        if table.name == "paper_issues":
            now["scope"] = str(now["round_id"])
        self._names.rename(table.name, row, now)
        return now

    def _place(self, table: Table, row: Row, now: Row) -> None:
        """Put a row in, unless the record has it; where the two differ, what stands here stays."""
        if table.name == "organisations" and row["id"] in self._number(table):
            return
        stands = self._standing(table, now)
        if stands is None:
            if table.name in _MONEY:
                self.left.extend(_twice(now, self._here[table.name]))
            self._put(table, row, now)
            return
        number = number_of(table)
        if number is not None:
            self._number(table)[row[number]] = stands[number]
        if table.name not in _THE_SAME:
            self.left.extend(_differing(table, now, stands))

    def _standing(self, table: Table, now: Row) -> Row | None:
        """Return the row that this one is here, by its identity or by what else is unique."""
        if now.get("uid") in self._uids[table.name]:
            return self._uids[table.name][now["uid"]]
        if table.name == "organisations":
            return None
        known = self._known[table.name]
        keys = [(at, _key(now, key)) for at, key in enumerate(natural_keys(table)) if _is_whole(now, key)]
        return next((known[key] for key in keys if key in known), None)

    def _put(self, table: Table, row: Row, now: Row) -> None:
        number = number_of(table)
        if number is not None:
            now[number] = self._coming_number(table, row[number])
        if table.name == "applications" and now["reference"] != row["reference"]:
            self._names.note_application(row["reference"], now["reference"], now["id"])
        self.new.setdefault(table.name, []).append(now)
        self._note(table, now)

    def _coming_number(self, table: Table, number: Value) -> Value:
        """Return the number that a row gets here, whether it is put in already or later."""
        numbers = self._number(table)
        if number not in numbers:
            if table.name not in self._highest:
                name = number_of(table)
                here = (int(row[name] or 0) for row in self._here[table.name] if name is not None)
                self._highest[table.name] = max(here, default=0)
            self._highest[table.name] += 1
            numbers[number] = self._highest[table.name]
        return numbers[number]

    def _number(self, table: Table | str) -> dict[Value, Value]:
        return self._numbers.setdefault(table if isinstance(table, str) else table.name, {})

    def _note(self, table: Table, row: Row) -> None:
        known = self._known[table.name]
        for at, key in enumerate(natural_keys(table)):
            if _is_whole(row, key):
                known.setdefault((at, _key(row, key)), row)


def _key(row: Row, names: Iterable[str]) -> Key:
    return tuple(row[name] for name in names)


def _is_whole(row: Row, names: tuple[str, ...]) -> bool:
    """Whether a row has a value for a key of one column; without one it is like no other."""
    return len(names) != 1 or row[names[0]] is not None


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
    named = ", ".join(str(stands[name]) for name in key if target_of(table.c[name]) is None)
    for name, value in now.items():
        is_compared = name not in (number, *_NEVER_COMPARED) and not name.endswith("_at")
        if is_compared and value != stands[name]:
            what = f"{table.name.replace('_', ' ')} {named}".strip()
            said = f"{name.replace('_', ' ')} is “{value}” there and “{stands[name]}” here"
            yield f"{what}: {said}, which stays."
