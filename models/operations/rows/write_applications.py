"""Putting applications in, with their choices, gates, and how a form's headings were matched."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from models.operations.rows.write_funds import area_ids
from models.operations.rows.write_organisations import organisations_of, settle_organisations
from models.queries.applications.applications import PLAIN_FIELDS, GateResult, gates
from models.queries.applications.merges import read_kept
from models.queries.set_up.funds import round_rules
from models.schema.applications import (
    application_table,
    area_spelling_table,
    choice_table,
    correction_table,
    gate_result_table,
    matching_table,
)
from models.session import OF_ROUND, Session, fields_of, next_id, put, remove, replace_row, round_uid, uid
from models.values import canonical
from models.values.applications import (
    AS_READ,
    OWN_ROW,
    ChoicesOf,
    Correction,
    suggested,
    text_of,
    value_as_typed,
)
from models.values.importing import Matching, headings_key
from models.values.rows import Answer, ApplicationRow, AsSubmitted, SubmittedCell
from scoring.round import Eligibility
from scoring.written.names import text_key
from scoring.written.text import Refused

_PLAIN = attrgetter(*PLAIN_FIELDS)
_IDS = select(application_table.c.reference, application_table.c.id).where(
    application_table.c.round_id == OF_ROUND
)
LARGEST = 2**53
"""The largest whole number that every spreadsheet holds exactly."""
_FIRST = frozenset(PLAIN_FIELDS) - OWN_ROW
_NEEDED = frozenset({"organisation", "requested_pence"})
By = tuple[str, datetime]
"""Who corrected something, and when."""
Standing = tuple[Eligibility, str, str]
"""What stands for all of an application's gates: the word, the reason, and who said so."""
NOT_CHECKED: Standing = (Eligibility.TO_CHECK, "", "")


def put_choices(session: Session, round_id: int, of: Iterable[ChoicesOf]) -> None:
    """Set the lines that applications of a round have, in the place of those that they had."""
    numbers, table = application_ids(session, round_id), choice_table
    for one in of:
        number = numbers[one.application]
        remove(session, table, table.c.application_id == number)
        rows = [
            {
                "application_id": number,
                "kind": choice.kind.value,
                **fields_of(choice, "code", "words", "is_suggested"),
            }
            for choice in one.choices
        ]
        put(session, table, rows)


def suggest_choices(session: Session, round_id: int, rows: Iterable[ApplicationRow]) -> None:
    """Give applications the lines that their own words name."""
    rules = round_rules(session, round_id)
    found = (ChoicesOf(row.reference, suggested(row, rules)) for row in rows) if rules.lists else ()
    put_choices(session, round_id, (one for one in found if one.choices))


def put_gate_results(session: Session, round_id: int, results: Sequence[GateResult], at: datetime) -> None:
    """Put results of single gates in; the gates and applications are those of the round."""
    if not results:
        return
    applications = application_ids(session, round_id)
    numbers = {gate.code: gate.gate_id for gate in gates(session, round_id)}
    put(
        session,
        gate_result_table,
        [
            {
                "application_id": applications[found.application],
                "gate_id": numbers[found.gate],
                **fields_of(found, "result", "reason", "set_by"),
                "set_at": at,
            }
            for found in results
        ],
    )


def put_matching(session: Session, fund_id: int, matching: Matching) -> None:
    """Remember a matching in place of what was known of the same headings and spellings."""
    key = headings_key(matching.headings)
    before = session.scalar(select(matching_table.c.fields).where(matching_table.c.headings_key == key))
    old = read_kept(before)[1] if before is not None else ()
    corrections = {cell[:2]: cell for cell in (*old, *matching.corrections)}
    remove(session, matching_table, matching_table.c.headings_key == key)
    fields = canonical.dumps([[*kept] for kept in (*matching.fields, *corrections.values())])
    put(session, matching_table, [{"headings_key": key, "fields": fields}])
    spelt = {text_key(written): area for written, area in matching.spellings}
    table = area_spelling_table
    remove(session, table, (table.c.fund_id == fund_id) & table.c.spelling.in_(list(spelt)))
    put(
        session,
        table,
        [{"fund_id": fund_id, "spelling": spelling, "area": area} for spelling, area in spelt.items()],
    )


def application_ids(session: Session, round_id: int) -> dict[str, int]:
    """Return a round's applications by reference."""
    return dict(session.execute(_IDS, {"of_round": round_id}).all())


def put_applications(
    session: Session,
    round_id: int,
    rows: Sequence[ApplicationRow],
    standings: Iterable[Standing],
    positions: Iterable[int],
    submitted: Iterable[AsSubmitted] = (),
) -> None:
    """Put applications in; each with what stands for its gates and its position in the round.

    The rows are as they stand in force; `submitted` says what of them was submitted otherwise.
    """
    check_figures(rows)
    told = {one.application: one for one in submitted}
    areas = area_ids(session, round_id)
    within = round_uid(session, round_id)
    start = next_id(session, application_table.c.id)
    organisations = organisations_of(session, rows)
    numbered = enumerate(zip(rows, organisations, standings, positions, strict=True), start)
    put(
        session,
        application_table,
        [
            {
                **dict(zip(PLAIN_FIELDS, _PLAIN(row), strict=True)),
                "id": number,
                "uid": uid(within, "application", row.reference),
                "round_id": round_id,
                "area_id": None if row.area is None else areas[row.area],
                "organisation_id": organisation_id,
                "position": position,
                "all_gates": word.value,
                "all_gates_reason": reason,
                "all_gates_by": by,
                "answers": _answers_text(row.answers),
                **_as_submitted(told.get(row.reference)),
            }
            for number, (row, organisation_id, (word, reason, by), position) in numbered
        ],
    )
    settle_organisations(session)


def put_corrections(
    session: Session, round_id: int, rows: Iterable[ApplicationRow], submitted: Sequence[AsSubmitted], by: By
) -> None:
    """Put in what was corrected on the way in: the values of the rows, beside what was submitted."""
    if not any(one.corrected for one in submitted):
        return
    numbers, stands = application_ids(session, round_id), {row.reference: row for row in rows}
    name, at = by
    put(
        session,
        correction_table,
        [
            {
                "application_id": numbers[one.application],
                **fields_of(of, "field", "submitted", "reason"),
                "value": text_of(getattr(stands[one.application], of.field)),
                "corrected_by": name,
                "corrected_at": at,
            }
            for one in submitted
            for of in one.corrected
        ],
    )


def set_correction(session: Session, number: int, one: Correction, at: datetime) -> None:
    """Put a correction of an application in the place of what stood of its field.

    One back to what was submitted leaves none, but where the value was only read and is right.
    """
    row = {
        **fields_of(one, "value", "submitted", "reason", "corrected_by"),
        "corrected_at": at,
    }
    is_kept = one.value != one.submitted or one.reason == AS_READ
    key = {"application_id": number, "field": one.field}
    replace_row(session, correction_table, key, row if is_kept else None)


def set_standings(session: Session, standings: Mapping[int, Standing]) -> None:
    """Set all gates of these applications at once; results of single gates give way."""
    if not standings:
        return
    table = application_table
    results = gate_result_table
    session.execute(
        delete(results).where(results.c.application_id == bindparam("of")), [{"of": of} for of in standings]
    )
    session.execute(
        update(table)
        .where(table.c.id == bindparam("of"))
        .values(
            all_gates=bindparam("word"), all_gates_reason=bindparam("reason"), all_gates_by=bindparam("by")
        ),
        [
            {"of": of, "word": word.value, "reason": reason, "by": by}
            for of, (word, reason, by) in standings.items()
        ],
    )


def check_figures(rows: Iterable[ApplicationRow]) -> None:
    """Refuse a figure that no spreadsheet could hold exactly."""
    for row in rows:
        figures = (row.requested_pence, row.minimum_pence, row.total_cost_pence, row.match_funding_pence)
        if any(figure is not None and figure > LARGEST for figure in (*figures, row.beneficiaries)):
            raise Refused(
                f"{row.reference} has a figure that is too large to be saved. Correct it in the file."
            )


def _as_submitted(told: AsSubmitted | None) -> dict[str, Any]:
    """Return the columns that hold what was submitted; what an application cannot be without stays."""
    if told is None:
        return {"cells": _cells_text(())}
    values = {
        one.field: value_as_typed(one.field, one.submitted) for one in told.corrected if one.field in _FIRST
    }
    first = {name: value for name, value in values.items() if value or name not in _NEEDED}
    return {**first, "cells": _cells_text(told.cells)}


def _answers_text(answers: Sequence[Answer]) -> str:
    """Return the answers as canonical JSON; written out, since one encoder a row costs ten times as much."""
    return f"[{','.join(f'[{_quoted(heading)},{_quoted(text)}]' for heading, text in answers)}]"


def _cells_text(cells: Sequence[SubmittedCell]) -> str:
    """Return the cells as canonical JSON, in the same way."""
    each = (
        f"[{_quoted(one.field)},{_quoted(one.heading)},{'null' if one.text is None else _quoted(one.text)}]"
        for one in cells
    )
    return f"[{','.join(each)}]"
