"""What applicants wrote, to be read and searched."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from models.permissions.viewing import Viewer
from models.queries.applications.applications import applications, corrected_fields, gate_results, gates
from models.queries.applications.endings import endings
from models.queries.panel.score_sheets import require_open
from models.queries.permissions.declarations import own_conflicts, waits_to_declare
from models.schema.applications import application_table
from models.schema.set_up import area_table
from models.session import Session
from models.values.importing import heading_key, is_of_a_tool
from models.values.rows import Answer, ApplicationRow
from scoring import money
from scoring.refused import Refused
from scoring.round import Eligibility
from scoring.written.days import full_day, full_moment, read_moment
from scoring.written.text import Unreadable

_COUNTED = frozenset({"response", "submission", "entry"})
"""What some call the column of their running numbers; with words in it, it is an answer."""
_ADDRESSES = frozenset({"email", "email address", "e-mail"})
"""What they call the column of a signed-in person's address, "anonymous" where nobody signs in."""
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\s?)?\d{1,3}[a-z]?[.):]\s+(?=\S)", re.IGNORECASE)
"""The number of a question on the form, which says nothing once it is read by itself."""
_SUMMARY = re.compile(r"\bsummar|\bin (?:short|brief|a nutshell)\b|\bin (?:a|one) sentence", re.IGNORECASE)
_IN_SHORT, DONE = "In short", "What will be done"


def readable_answers(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers to questions, days and times among them as people write them."""
    return tuple(
        (_NUMBERED.sub("", heading), _readable(text))
        for heading, text in answers
        if not _is_of_a_tool(heading, text)
    )


def in_short(summary: str, answers: Sequence[Answer]) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return what comes first of an application, under its headings, and the answers without it.

    A form may ask what is done and then for a summary: the shorter of the two says it in short.
    """
    found = next((one for one in answers if _SUMMARY.search(one[0]) and 0 < len(one[1]) < len(summary)), None)
    if found is None:
        return ((_IN_SHORT, summary),), tuple(answers)
    rest = tuple(one for one in answers if one is not found)
    return ((_IN_SHORT, found[1]), (DONE, summary)), rest


def _is_of_a_tool(heading: str, text: str) -> bool:
    key = heading_key(heading)
    if key in _ADDRESSES and text.strip() == "anonymous":
        return True
    return text.strip().isdigit() if key in _COUNTED else is_of_a_tool(heading)


def _readable(text: str) -> str:
    """Return "7 September 2026, 08:35" for 2026-09-07T08:35:00, in local time; other texts as they are."""
    stamp = text.strip()
    if not _STAMP.fullmatch(stamp):
        return text
    try:
        moment = read_moment(stamp)
    except Unreadable:
        return text
    is_time = moment.has_time and (moment.at.hour or moment.at.minute)
    return full_moment(moment.at) if is_time else full_day(moment.at.date())


SHORT = 60
"""An answer of no more letters than this is a fact rather than a text."""


class Reading(Struct, frozen=True):
    """What one application says. `texts` are read, `facts` are the short answers; each with its heading.

    `each_pence` is the amount asked by person helped, None where the number is not known.
    """

    reference: str
    organisation: str
    project: str
    area: str
    requested_pence: int
    beneficiaries: int | None
    each_pence: int | None
    match_pence: int | None
    total_cost_pence: int | None
    start_on: date | None
    end_on: date | None
    eligibility: Eligibility
    eligibility_reason: str
    gates: int
    texts: tuple[Answer, ...]
    facts: tuple[Answer, ...]


def reading(session: Session, round_id: int, viewer: Viewer, reference: str) -> Reading:
    """Return what one application says; refused where it is closed to the person."""
    require_open(session, round_id, viewer, reference)
    row = next((row for row in applications(session, round_id) if row.reference == reference), None)
    if row is None:
        raise Refused(f"There is no application {reference} in the round. Choose another one.")
    results = {one.gate for one in gate_results(session, round_id) if one.application == row.reference}
    barring = [
        gate
        for gate in gates(session, round_id)
        if not gate.is_advisory and (not gate.is_time or gate.code in results)
    ]
    return _reading(row, len(barring))


def _reading(row: ApplicationRow, gates_there: int) -> Reading:
    people = row.beneficiaries
    first, answers = in_short(row.summary, readable_answers(row.answers))
    long = tuple(answer for answer in answers if len(answer[1]) > SHORT)
    own = (*first, ("The need", row.need))
    after = (("What will change, and how they will know", row.outcomes),)
    return Reading(
        reference=row.reference,
        organisation=row.organisation,
        project=row.project,
        area=row.area or "",
        requested_pence=row.requested_pence,
        beneficiaries=people,
        each_pence=money.half_up(row.requested_pence, people) if people else None,
        match_pence=row.match_funding_pence,
        total_cost_pence=row.total_cost_pence,
        start_on=row.start_on,
        end_on=row.end_on,
        eligibility=row.eligibility,
        eligibility_reason=row.eligibility_reason,
        gates=gates_there,
        texts=tuple((heading, text) for heading, text in (*own, *long, *after) if text),
        facts=tuple(answer for answer in answers if 0 < len(answer[1]) <= SHORT),
    )


class Findable(Struct, frozen=True):
    """An application as a search shows it; `area` is "" while it has none, `ended` until it has ended."""

    reference: str
    organisation: str
    project: str
    area: str
    ended: str = ""


def findable(session: Session, round_id: int, viewer: Viewer) -> tuple[Findable, ...]:
    """Return the applications of a round that a person may find, in the office's order.

    Whoever declares first finds none before that, and nobody ever one with a conflict that they declared.
    """
    if waits_to_declare(session, round_id, viewer):
        return ()
    closed = own_conflicts(session, round_id, viewer)
    table = application_table
    rows = session.execute(
        select(table.c.reference, table.c.organisation, table.c.project, area_table.c.name)
        .outerjoin(area_table, area_table.c.id == table.c.area_id)
        .where(table.c.round_id == round_id)
        .order_by(table.c.position, table.c.id)
    )
    now, ended = corrected_fields(session, round_id), endings(session, round_id)
    return tuple(
        Findable(
            reference,
            now.get(reference, {}).get("organisation", organisation),
            now.get(reference, {}).get("project", project),
            area or "",
            ended.get(reference, ""),
        )
        for reference, organisation, project, area in rows
        if reference not in closed
    )
