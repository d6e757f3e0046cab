"""Under which lines the year tables count the awards of a round."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from models.queries.applications.applications import corrected_fields
from models.queries.applications.choices import choices
from models.queries.set_up.round_facts import typed_priorities
from models.reference.fund_defaults import ListKind
from models.schema.applications import application_table
from models.session import Session
from models.values.applications import CHOICE_WORDS
from scoring.written.text import with_capital


def counted_as(session: Session, round_id: int) -> Mapping[str, str]:
    """Return under what awards are counted, by application, each line after its list; "" for nothing.

    What the office chose goes before what the application says of itself. Those without an award are there
    too, of which the year tables count nothing.
    """
    chosen, typed = choices(session, round_id), typed_priorities(session)
    found: dict[str, str] = {}
    for of in _forms(session, round_id):
        own = {ListKind.CRIME: with_capital(typed.get(of.number, "")), ListKind.ORGANISATION: of.kind}
        own |= {one.kind: one.words for one in chosen.get(of.reference, ())}
        lines = ((CHOICE_WORDS[kind], own[kind]) for kind in CHOICE_WORDS if own.get(kind))
        found[of.reference] = "; ".join(f"{which}: {words}" for which, words in lines)
    return found


class _Form(NamedTuple):
    number: int
    reference: str
    kind: str


def _forms(session: Session, round_id: int) -> list[_Form]:
    """Return the kind of organisation that each application of a round gives, as corrected."""
    table = application_table
    columns = select(table.c.id, table.c.reference, table.c.organisation_type)
    rows = session.execute(columns.where(table.c.round_id == round_id))
    corrected = corrected_fields(session, round_id)
    return [
        _Form(row.id, row.reference, (kind or "").strip())
        for row in rows
        for kind in [corrected.get(row.reference, {}).get("organisation_type", row.organisation_type)]
    ]
