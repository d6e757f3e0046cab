"""Copying what holds for the next round too: rules, people and words, and nothing that was recorded."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Table, select

from models.operations.rows.write_areas import area_ids, copy_signing_areas, put_areas_served
from models.operations.rows.write_funds import find_fund, fund_defaults
from models.operations.rows.writing import next_id, put, remove, round_uid, uid
from models.queries.applications.applications import gates
from models.queries.deciding.decisions import chain_of
from models.queries.panel.panel import areas_served
from models.queries.set_up.rounds import scheme
from models.reference.defaults import FundDefaults, Gate
from models.schema.applications import retention_table
from models.schema.monitoring import return_band_table
from models.schema.panel import member_table, person_table, round_role_table
from models.schema.papers import paper_text_table
from models.schema.set_up import reason_rule_table, round_table
from models.session import Session, row_at
from models.values.rows import distinct_names
from scoring.refused import Refused
from scoring.scheme import Scheme

STANDING_WORDS = ("committee", "author", "contact_name", "contact_phone", "contact_email")
"""The words of a round's papers that are about the office; all others are about what was decided."""
WORDS_OF_CALL = ("who_may", "how", "contact_post")
"""Beside them what a call says in every round: who may apply, and where the form is."""
_BY_ROUND: tuple[Table, ...] = (reason_rule_table, retention_table, return_band_table)


def like_round(session: Session, source: int, fund: str) -> FundDefaults:
    """Return what a round of a fund starts from that is like another: its rules, checks, chain and marking.

    Raise `Refused` where the other round is gone or of another fund.
    """
    row = row_at(session, round_table, source)
    if row is None:
        raise Refused("The round to copy is no longer in the record. Choose another, or none.")
    if find_fund(session, fund) != row.fund_id:
        raise Refused(f"“{row.name}” is a round of {row.fund_name}. Copy a round of {fund}, or none.")
    asked = tuple(
        Gate(gate.code, gate.question, "", gate.is_advisory, gate.is_cap)
        for gate in gates(session, source)
        if not gate.is_time
    )
    return replace(
        fund_defaults(session, row.fund_id),
        scheme=copied_scheme(session, source),
        chain=chain_of(session, source),
        marking=row.marking,
        gates=asked,
    )


def copied_scheme(session: Session, source: int) -> Scheme:
    """Return a round's newest rules without its tolerance: who answers for one is said for each round."""
    return replace(scheme(session, source), tolerance_percent=Decimal(0), tolerance_authority="")


def copy_into(session: Session, source: int, round_id: int, *, keeps_call: bool) -> tuple[str, ...]:
    """Copy panel, people and standing words; return who serves all areas since theirs are not there.

    Rounds that were copied before a call kept its words have those of the office alone.
    """
    _copy_members(session, source, round_id)
    served = areas_served(session, source)
    put_areas_served(session, round_id, served)
    words = (*STANDING_WORDS, *WORDS_OF_CALL) if keeps_call else STANDING_WORDS
    copy_people_and_words(session, source, round_id, words)
    there = area_ids(session, round_id)
    lost = {code for code, names in served.items() if there.keys().isdisjoint(names)}
    names = _names(session, round_id)
    return tuple(name for code, name in names.items() if code in lost)


def copy_people_and_words(
    session: Session, source: int, round_id: int, words: tuple[str, ...] = STANDING_WORDS
) -> None:
    """Copy who works on a round beside its panel, how it is reported on and kept, and its standing words."""
    _copy_roles(session, source, round_id)
    for table in _BY_ROUND:
        _copy_rows(session, table, source, round_id)
    _copy_rows(session, paper_text_table, source, round_id, {"subject": ("",), "field": words})


def remove_copied(session: Session, round_id: int) -> None:
    """Take out what was copied into a round beside its panel and its rules."""
    for table in (return_band_table, paper_text_table):
        remove(session, table, table.c.round_id == round_id)


def _copy_members(session: Session, source: int, round_id: int) -> None:
    table, within = member_table, round_uid(session, round_id)
    start = next_id(session, table.c.id)
    held = session.execute(
        select(table).where(table.c.round_id == source).order_by(table.c.position, table.c.id)
    )
    rows = [
        dict(row._mapping)
        | {"id": start + n, "uid": uid(within, "member", row.code), "round_id": round_id, "position": n}
        for n, row in enumerate(held)
    ]
    put(session, table, rows)


def _copy_roles(session: Session, source: int, round_id: int) -> None:
    table = round_role_table
    start = next_id(session, table.c.id)
    held = session.execute(select(table).where(table.c.round_id == source).order_by(table.c.id)).all()
    rows = [dict(row._mapping) | {"id": start + n, "round_id": round_id} for n, row in enumerate(held)]
    put(session, table, rows)
    copy_signing_areas(session, source, round_id, [(row.id, start + n) for n, row in enumerate(held)])


def _copy_rows(
    session: Session,
    table: Table,
    source: int,
    round_id: int,
    only: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Copy the rows of a table that has a round's number among its keys."""
    asked = select(table).where(table.c.round_id == source).order_by(*table.primary_key)
    for name, values in (only or {}).items():
        asked = asked.where(table.c[name].in_(values))
    rows: list[Mapping[str, Any]] = [
        dict(row._mapping) | {"round_id": round_id} for row in session.execute(asked)
    ]
    put(session, table, rows)


def _names(session: Session, round_id: int) -> dict[str, str]:
    """Return a panel by code, in its order, told apart where two have one name."""
    columns = select(member_table.c.code, person_table.c.name)
    joined = columns.join(person_table, person_table.c.id == member_table.c.person_id)
    rows = session.execute(
        joined.where(member_table.c.round_id == round_id).order_by(member_table.c.position)
    )
    return distinct_names((code, name) for code, name in rows)
