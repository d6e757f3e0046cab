"""Which organisations of two records are one: by their number or a name without any, never by likeness."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from models.packs.part_rows import Row, Rows, Value
from scoring.written.names import spelling_key


class Same(Struct, frozen=True):
    """Organisations by their number there: which is which here, and those of one name that are not joined."""

    joined: Mapping[Value, Value]
    alike: tuple[str, ...]


def same_organisations(here: Rows, there: Rows) -> Same:
    """Return which organisations are one; others that are spelt alike are left to a person.

    They are one where both have the same charity or company number, or where neither has any and the name is
    the same but for case and spaces.
    """
    known: dict[tuple[str, Value], Value] = {}
    spelt: dict[str, Row] = {}
    for alias in here["organisation_aliases"]:
        for sign in _signs(alias):
            known.setdefault(sign, alias["organisation_id"])
        spelt.setdefault(spelling_key(str(alias["name"])), alias)
    joined: dict[Value, Value] = {}
    alike: dict[str, None] = {}
    for alias in there["organisation_aliases"]:
        number = next((known[sign] for sign in _signs(alias) if sign in known), None)
        if number is not None:
            joined.setdefault(alias["organisation_id"], number)
    for alias in there["organisation_aliases"]:
        other = spelt.get(spelling_key(str(alias["name"])))
        if alias["organisation_id"] not in joined and other is not None:
            alike[f"{alias['name']}{_numbers(alias)} and {other['name']}{_numbers(other)}"] = None
    return Same(joined, tuple(alike))


def _signs(alias: Row) -> Iterable[tuple[str, Value]]:
    """Return by what an organisation is known: its numbers, or without any its name."""
    charity, company = alias["charity_number"], alias["company_number"]
    signs = [("charity", charity)] if charity else []
    signs += [("company", company)] if company else []
    return signs or [("name", alias["name_key"])]


def _numbers(alias: Row) -> str:
    said = [str(alias[name]) for name in ("charity_number", "company_number") if alias[name]]
    return f" ({', '.join(said)})" if said else ""
