"""People of two records who bear one name: told where nothing says that they are one person."""

from collections.abc import Iterator
from itertools import product

from models.packs.part_rows import Row, Rows, Value
from scoring.written.names import is_nearly_same, typed_key


def same_people(here: Rows, there: Rows, rounds: set[Value]) -> Iterator[str]:
    """Yield whom the rounds that come in would make one with somebody here, by the name alone.

    A post or an organisation that both give, or a key with which both sign, says that they are one.
    """
    parts = (*there["members"], *there["round_roles"])
    coming = {row["person_id"] for row in parts if row["round_id"] in rounds}
    for person, other in product(there["people"], here["people"]):
        name, known = str(person["name"]), str(other["name"])
        if person["id"] not in coming or not is_nearly_same(name, known):
            continue
        if name != known or not _signs(there, person) & _signs(here, other):
            yield _words(name, known)


def _signs(rows: Rows, person: Row) -> set[tuple[str, Value]]:
    """Return what tells a person from another one of the name."""
    members = [row for row in rows["members"] if row["person_id"] == person["id"]]
    uids = {row["uid"] for row in members}
    found: set[tuple[str, Value]] = {("post", typed_key(str(person["post"])))}
    found |= {("organisation", typed_key(str(row["organisation"]))) for row in members}
    found |= {("key", row["member_key"]) for row in rows["member_keys"] if row["member"] in uids}
    return {sign for sign in found if sign[1]}


def _words(name: str, other: str) -> str:
    if name == other:
        return (
            f"{name} is in both records, and neither post nor organisation says that it is one person. They "
            "count as one here, in interests, marks and signatures. If they are two, correct a name in one "
            "of the records first."
        )
    return (
        f"{name} comes in beside {other}. If they are one person, correct the name in one of the records "
        "first; if they are two, add to a name what tells them apart."
    )
