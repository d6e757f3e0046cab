"""Names that two records give to different things: what comes in bears the letters of its area then."""

import re
from collections.abc import Iterable, Mapping

from models.operations.packs.take_in_rounds import Renamed
from models.packs.part_rows import Row, Rows, Value
from models.papers.order import BETWEEN
from models.papers.texts import OF_APPLICATIONS
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
