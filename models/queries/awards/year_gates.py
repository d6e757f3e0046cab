"""Which applications of the record are not eligible, and which wait for no decision, over all rounds."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from models.papers.texts import LETTERS, SEND_BY, PaperTexts
from models.queries.applications.applications import GateLine, eligibility
from models.queries.deciding.settled import is_settled
from models.queries.set_up.rounds import HANDED_IN
from models.schema.applications import application_table, gate_result_table, gate_table
from models.schema.deciding import decision_table, sign_off_table
from models.schema.papers import paper_text_table
from models.schema.set_up import area_table, round_table
from models.session import Session
from models.values.stages import STAGES
from scoring.round import Eligibility


class YearGates(NamedTuple):
    """The applications that are not eligible or stayed incomplete, and those that wait for no decision."""

    barred: frozenset[int]
    settled: frozenset[int]


def year_gates(session: Session, today: date | None = None) -> YearGates:
    """Return what became of every application of the record; what is asked for from `today` on waits."""
    came_to, done, decided = _came_to_each(session), _areas_done(session), _decided(session)
    asked = frozenset[int]() if today is None else _asked(session, today)
    past = _areas_past_intake(session)
    of = application_table.c
    places = {
        number: (round_id, area_id)
        for number, round_id, area_id in session.execute(select(of.id, of.round_id, of.area_id))
    }
    begun = {places[number] for number in decided}
    settled = frozenset(
        number
        for number, place in places.items()
        if not (number in asked and came_to[number] is Eligibility.TO_CHECK and place not in done)
        and is_settled(
            came_to[number],
            has_decision=number in decided,
            is_begun=place in begun,
            is_done=place in done,
            is_past=place[1] is None or place in past,
        )
    )
    incomplete = settled - decided
    barred = (
        number
        for number, one in came_to.items()
        if one is Eligibility.NO or (one is Eligibility.TO_CHECK and number in incomplete)
    )
    return YearGates(frozenset(barred), settled)


def _came_to_each(session: Session) -> Mapping[int, Eligibility]:
    """Return what the gates of each application came to, in three statements."""
    gates: dict[int, list[GateLine]] = defaultdict(list)
    table = gate_table
    columns = select(
        table.c.round_id, table.c.id, table.c.code, table.c.question, table.c.is_cap, table.c.is_time
    )
    for round_id, number, code, question, is_cap, is_time in session.execute(
        columns.where(table.c.is_advisory.is_(False))
    ):
        line = GateLine(number, code, question, is_advisory=False, is_cap=is_cap, is_time=is_time)
        gates[round_id].append(line)
    verdicts: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    results = select(gate_result_table.c.application_id, gate_table.c.code, gate_result_table.c.result)
    for application, code, result in session.execute(
        results.join(gate_table, gate_table.c.id == gate_result_table.c.gate_id)
    ):
        verdicts[application][code] = (result, "")
    of = application_table.c
    return {
        number: _came_to(word, gates[round_id], verdicts.get(number))
        for number, round_id, word in session.execute(select(of.id, of.round_id, of.all_gates))
    }


def _came_to(word: str, barring: list[GateLine], verdicts: dict[str, tuple[str, str]] | None) -> Eligibility:
    """Return what the gates came to; without a verdict of its own the application's word stands."""
    return Eligibility(word) if not verdicts else eligibility(word, "", barring, verdicts)[0]


def _asked(session: Session, today: date) -> frozenset[int]:
    """Return the applications of which letters ask for something by a day that is not past, by number."""
    of, text = application_table.c, paper_text_table.c
    rows = session.execute(
        select(of.id, text.text)
        .join(paper_text_table, (text.round_id == of.round_id) & (text.subject == of.reference))
        .where(text.paper == LETTERS, text.field == SEND_BY.code)
    )
    found = ((number, PaperTexts(((SEND_BY.code, said),)).day(SEND_BY.code)) for number, said in rows)
    return frozenset(number for number, day in found if day is not None and day >= today)


def _areas_done(session: Session) -> frozenset[tuple[int, int | None]]:
    """Return the areas in which nothing more is decided, by round and number; None is what has no area."""
    rounds, area = round_table.c, area_table.c
    closed = {(number, None) for number in session.scalars(select(rounds.id).where(rounds.stage == "closed"))}
    is_over = (area.stage == "done") | (rounds.stage == "closed")
    columns = select(area.round_id, area.id).join(round_table, rounds.id == area.round_id)
    return frozenset({*closed, *((of, number) for of, number in session.execute(columns.where(is_over)))})


def _areas_past_intake(session: Session) -> frozenset[tuple[int, int]]:
    """Return the areas whose intake is over, by round and number."""
    area = area_table.c
    columns = select(area.round_id, area.id).where((area.stage != STAGES[0]) | HANDED_IN.exists())
    return frozenset((of, number) for of, number in session.execute(columns))


def _decided(session: Session) -> frozenset[int]:
    """Return the applications on which a decision of the deciding office stands, by number."""
    table, last = decision_table, sign_off_table
    columns = select(table.c.application_id).join(last, last.c.id == table.c.sign_off_id)
    in_force = table.c.ended_by.is_(None) & (table.c.verdict != "send_back")
    return frozenset(session.scalars(columns.where(last.c.is_last, in_force)))
