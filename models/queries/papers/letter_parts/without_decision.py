"""Letters to applicants without a decision: refused at the gates, withdrawn, or not reached."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import who_is_named
from models.papers.letters.letter import (
    DIRECT_WITHDRAWN,
    INCOMPLETE,
    INELIGIBLE,
    LATE,
    WITHDRAWN,
    Letter,
    Undecided,
    letter_to,
)
from models.papers.order import Texts
from models.papers.texts import LETTERS, PaperTexts
from models.queries.applications.applications import GateLine, applications
from models.queries.applications.endings import UNKNOWN, withdrawals
from models.queries.applications.gates import (
    BY_RULE,
    gate_meant,
    not_shown_words,
    remark_words,
    unmet_here,
    unmet_words,
)
from models.queries.applications.reading import GateStanding, IntakeLine, lines_at_gates
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.settled import Became, areas_past_intake, became_of
from models.queries.panel.meeting import meetings_held
from models.queries.panel.sheets import marked
from models.queries.papers.paper_texts import asked_by, paper_texts
from models.queries.set_up.funds import fund_rules_of
from models.queries.set_up.rounds import area_dates, is_direct, round_line
from models.reference.defaults import ONE_GATE
from models.schema.applications import application_table, gate_result_table
from models.session import Session
from models.values.importing import MERGED_INTO, duplicate_candidates
from models.values.recommending import DecisionRow
from models.values.rounds import AreaDates, RoundLine
from models.values.rows import ApplicationRow, RoundRows, by_reference
from scoring.allocating.allocation import same_place
from scoring.ranking import Outcome, Ranking, Standing, Status
from scoring.round import Eligibility, is_in_the_running
from scoring.written.days import exact_clock, full_day
from scoring.written.text import paragraphs

NO_DATES = AreaDates()
Stopped = tuple[IntakeLine, Letter]
"""An application as it came in, and the letter on what stopped it."""
UNSAID = "Still to be written: what is missing."
"""Stands in a letter that is shown and not written yet, since the record has only an officer's note."""


def at_gates(session: Session, line: RoundLine, decided: frozenset[str], today: date) -> Iterator[Stopped]:
    """Yield what stopped applications of a round, where nobody decided on them.

    While applications come in, what is not complete is asked for, and one that is not eligible may come again
    by the closing date. What came late stays late whatever stage its area is at. What is not complete though
    nobody says what it lacks is told once that is written, and waits for it where others are decided, or the
    round is closed.
    """
    dates = area_dates(session, line.round_id)
    judged, settled = _judged(session, line.round_id), areas_past_intake(line)
    every = lines_at_gates(session, line.round_id)
    done = {one.row.area for one in every if one.row.reference in decided}
    has_marks, held = marked(session, line.round_id), meetings_held(session, line.round_id)
    settled |= _without_any(every, dates, today, is_decided=bool(decided))
    for one in every:
        if one.row.reference in decided or one.row.withdrawn:
            continue
        is_over = one.row.area in settled or not one.row.area
        of_area = dates.get(one.row.area or "", NO_DATES)
        asked = paper_texts(session, line.round_id, LETTERS, one.row.reference)
        stopped = _stopped(one, of_area, today)
        if stopped is None or is_over or stopped.kind == LATE:
            found = stopped
        else:
            found = _may_still_come(one, of_area, asked, today) or _come_again(stopped, of_area, today)
        if found is not None and found.kind == INCOMPLETE and not found.points:
            is_waited_for = bool(asked.get("wanted")) or one.row.area in done or line.is_closed
            found = replace(found, points=(UNSAID,), lacks_words=True) if is_waited_for else found
        if found is not None and found.kind == INCOMPLETE and found.send_by is None and not found.is_open:
            met = held.get(one.row.area or "")
            met_on = met.held_on if met and found.closed_on is None else None
            found = replace(found, is_unchecked=one.row.reference in has_marks, met_on=met_on)
        if found is not None and found.points:
            on, by = judged.get(one.row.reference, (None, ""))
            is_after = on is not None and any(met.held_on <= on for met in held.values())
            of_gates = replace(found, decided_on=on, decided_by=by, is_after_panel=is_after)
            yield one, of_gates if found.kind == INELIGIBLE else found


def _without_any(
    every: Sequence[IntakeLine], dates: Mapping[str, AreaDates], today: date, *, is_decided: bool
) -> frozenset[str]:
    """Return the areas that have nothing to score, so that no panel meets there and no stage moves on.

    They have closed; one that names no closing day has where others are decided.
    """
    here = {one.row.area for one in every if one.row.area}
    running = {
        one.row.area
        for one in every
        if is_in_the_running(one.row.eligibility, is_withdrawn=one.row.withdrawn)
    }
    return frozenset(
        area
        for area in here - running
        if _is_past(dates.get(area, NO_DATES), today)
        or (is_decided and dates.get(area, NO_DATES).closes_on is None)
    )


def became_by(
    session: Session, line: RoundLine, rows: Iterable[ApplicationRow], decided: Collection[str], day: date
) -> Mapping[str, Became]:
    """Return what became of applications of a round, by reference: late ones apart, and open until a day."""
    barred = (one for one in lines_at_gates(session, line.round_id) if one.row.eligibility is Eligibility.NO)
    late = {one.row.reference for one in barred if _came_late(one) and not _failed(one)}
    return became_of(line, rows, decided, late, asked_by(session, line.round_id, day))


def stopped_late(session: Session, line: RoundLine, decided: Collection[str]) -> Iterator[Stopped]:
    """Yield what was stopped since it came late, and for nothing else, where nobody decided on it."""
    found = at_gates(session, line, frozenset(decided), date.max)  # what came late did on any day
    return (one for one in found if one[1].kind == LATE)


def with_gates_named(one: IntakeLine, texts: PaperTexts) -> PaperTexts:
    """Return what somebody wrote into a letter, each condition that was not met in a sentence.

    One that is given by its gate's code or question stands in the words for that gate.
    """
    gates, named = [gate.gate for gate in one.gates], dict(texts.texts)
    if "unmet" in named:
        named["unmet"] = "\n".join(_as_unmet(of, gates) for of in paragraphs(named["unmet"]))
    return PaperTexts(tuple(named.items()))


def _as_unmet(line: str, gates: Sequence[GateLine]) -> str:
    meant = gate_meant(line, gates)
    said = f"This condition was not met: “{line.strip().rstrip('.')}”."
    return said if meant is None else unmet_words(meant)


def _judged(session: Session, round_id: int) -> dict[str, tuple[date, str]]:
    """Return when a gate was failed last by each application, and by whom: "" where the program found it."""
    of, result = application_table.c, gate_result_table.c
    rows = session.execute(
        select(of.reference, result.set_at, result.set_by)
        .join(gate_result_table)
        .where(of.round_id == round_id, result.result == "fail")
        .order_by(result.set_at)
    )
    return {reference: (at.date(), "" if by == BY_RULE else who_is_named(by)) for reference, at, by in rows}


def _may_still_come(line: IntakeLine, dates: AreaDates, asked: PaperTexts, today: date) -> Letter | None:
    """Return what an application lacks while others come in, None for nothing, or where it is too late.

    What somebody wrote is wanted, also of what a workbook calls not eligible in one word.
    """
    is_asked = bool(asked.get("wanted"))
    is_no = line.row.eligibility is Eligibility.NO
    if line.row.eligibility is Eligibility.YES or (is_no and not (is_asked and _is_one_word(line))):
        return None
    found = _incomplete(line, dates, today)
    by = asked.day("send_by") or found.send_by
    points = found.points or ((UNSAID,) if is_asked else ())
    is_late = by < today if by is not None else dates.closes_on is not None
    return None if is_late else replace(found, points=points, is_open=by is None)


def _come_again(stopped: Letter, dates: AreaDates, today: date) -> Letter | None:
    """Return the letter on what is not eligible while applications come in; what is to check has none."""
    if stopped.kind != INELIGIBLE:
        return None
    return replace(stopped, send_by=None if _is_past(dates, today) else dates.closes_on)


def _is_past(dates: AreaDates, today: date) -> bool:
    return dates.closes_on is not None and dates.closes_on < today


def _came_late(line: IntakeLine) -> bool:
    return bool(line.late and not line.let_in)


def _stopped(line: IntakeLine, dates: AreaDates, today: date) -> Letter | None:
    late = (_late(line, dates),) if _came_late(line) else ()
    if line.row.eligibility is Eligibility.NO:
        points = _failed(line)
        if not points:
            return replace(letter_to(line.row, LATE), points=late)
        is_one = _is_one_word(line)
        said = tuple(map(remark_words, points)) if is_one else points
        lacks_words = is_one and not late  # that it came late is a condition that it did not meet
        own = [gate for gate in _judged_gates(line) if gate.own and gate.result == "fail"]
        is_over = bool(own) and all(gate.over for gate in own)
        is_proved = is_over and not late  # its figures say so, whoever recorded it
        found = letter_to(line.row, INELIGIBLE)
        return replace(found, points=(*said, *late), lacks_words=lacks_words, is_proved=is_proved)
    return _incomplete(line, dates, today) if line.row.eligibility is Eligibility.TO_CHECK else None


def _incomplete(line: IntakeLine, dates: AreaDates, today: date) -> Letter:
    is_time_left = dates.closes_on is not None and dates.closes_on >= today
    missing = tuple(_to_check(line))
    return replace(
        letter_to(line.row, INCOMPLETE),
        points=missing,
        send_by=dates.closes_on if is_time_left else None,
        closed_on=None if is_time_left else dates.closes_on,
        lacks_words=UNSAID in missing,
    )


def _judged_gates(line: IntakeLine) -> list[GateStanding]:
    return [gate for gate in line.gates if not gate.gate.is_advisory and not gate.gate.is_time]


def _is_one_word(line: IntakeLine) -> bool:
    gates = _judged_gates(line)
    return len(gates) > 1 and not any(gate.own for gate in gates)


def _failed(line: IntakeLine) -> Texts:
    """Return each gate that was failed with what was found; where one word stands for all, its reason."""
    gates = _judged_gates(line)
    own = [gate for gate in gates if gate.own]
    if own:
        return tuple(unmet_here(gate.gate, gate.reason) for gate in own if gate.result == "fail")
    if len(gates) == 1 and gates[0].gate.code != ONE_GATE[0].code:
        return (unmet_here(gates[0].gate, gates[0].reason),)
    if not gates:
        return tuple(filter(None, [remark_words(line.row.eligibility_reason)]))
    said = [gate.reason.strip() for gate in gates if gate.result == "fail"]
    return tuple(filter(None, said[:1]))


def _to_check(line: IntakeLine) -> Iterator[str]:
    """Yield the gates on which something is noted that is missing, without the note: it is the office's own.

    A gate that nobody has looked at yet has no note and waits for the office, not for the applicant; so does
    one of the start date, where the program noted that no meeting has a date yet.
    """
    gates = _judged_gates(line)
    own = [gate for gate in gates if gate.own]
    if own:
        noted = [gate for gate in own if gate.result == "to check" and gate.reason.strip()]
        is_of_office = line.row.start_on is not None
        left = (one for one in noted if not (is_of_office and one.gate.is_start and one.set_by == BY_RULE))
        yield from (not_shown_words(gate.gate) for gate in left)
    elif line.row.eligibility_reason.strip():
        yield UNSAID


def _late(line: IntakeLine, dates: AreaDates) -> str:
    """Return when one came late; the list of what there is to do asks it before any paper."""
    row, day = line.row, dates.closes_on
    assert row.received_at is not None, "a late one has a date"
    assert day is not None, "its area closed"
    hour = f" at {exact_clock(row.received_at)}" if row.received_has_time else ""
    closed = full_day(day) + (f" at {dates.closes_time}" if dates.closes_time else "")
    came = f"{full_day(row.received_at)}{hour}"
    return f"It was received on {came}; applications in {row.area} closed on {closed}."


UNRANKED = (Status.INCOMPLETE, Status.NOT_QUORATE)


def withdrawn_ones(
    session: Session,
    round_id: int,
    rows: Sequence[ApplicationRow],
    decided: Mapping[str, DecisionRow],
) -> Iterator[Letter]:
    """Yield letters on what was withdrawn; what was merged into another goes on under its reference.

    Where its applicant's application for the same project stays, that is named. Nobody applied for an award
    without a competition, so that only one that was made has a letter.
    """
    known, direct = withdrawals(session, round_id), is_direct(session, round_id)
    for row in (one for one in rows if one.withdrawn):
        found, was = known.get(row.reference, UNKNOWN), decided.get(row.reference)
        letter = letter_to(row, DIRECT_WITHDRAWN if direct else WITHDRAWN)
        letter = replace(letter, withdrawn_on=found.on, was_pence=None if was is None else was.amount_pence)
        if direct and letter.was_pence is not None:
            yield letter
        elif not direct and not found.reason.startswith(MERGED_INTO):
            yield replace(letter, twin=_twin(row, rows))


def _twin(gone: ApplicationRow, rows: Iterable[ApplicationRow]) -> str:
    """Return the same applicant's application for the same project that is not withdrawn, "" for none."""
    stay = [row for row in rows if not row.withdrawn]
    pairs = duplicate_candidates([*stay, replace(gone, withdrawn=False)])
    found = (pair for pair in pairs if gone.reference in pair.pair and pair.is_of_one_applicant)
    pair = next(found, None)
    return "" if pair is None else next(of for of in pair.pair if of != gone.reference)


def spent_areas(round_: DecidedRound) -> frozenset[str]:
    """Return the areas of which decisions gave others the whole pot; what was given up since is free."""
    stands = given_amounts(round_.session, round_.round_id)
    uses = round_.pot_uses({of: stands.get(of, 0) for of in round_.final})
    return frozenset(area for use in uses if use.is_spent for area in use.areas)


def stuck_ones(
    rows: RoundRows,
    ranking: Ranking,
    decided: Collection[str],
    advised: Collection[str],
    *,
    is_closed: bool = False,
) -> Iterator[tuple[ApplicationRow, Standing]]:
    """Yield what has no place, or waits for a tie, where others are decided, and for nobody's signature.

    Of a round that is closed it is all that nobody decided.
    """
    done = {row.area for row in rows.applications if row.reference in decided}
    standing = by_reference(ranking.standings)
    for row in rows.applications:
        one = standing[row.reference]
        could_be = is_in_the_running(row.eligibility, is_withdrawn=row.withdrawn)
        if row.reference in decided or row.eligibility is Eligibility.TO_CHECK or not could_be:
            continue
        has_none = one.status in UNRANKED or one.outcome is Outcome.TIE
        if is_closed or (has_none and row.reference not in advised and row.area in done):
            yield row, one


def why_undecided(ranking: Ranking, one: Standing) -> Undecided | None:
    """Return why the panel could not decide, or waits for a tie that the chair has still to part.

    None for what has its place and whose round was closed before a decision.
    """
    if one.outcome is Outcome.TIE:
        return Undecided(tied=len(same_place(ranking, one)) - 1)
    if one.status is Status.INCOMPLETE:
        return Undecided(is_unfinished=True)
    if one.status is Status.NOT_QUORATE:
        return Undecided(quorum=ranking.scheme.quorum, came=one.counting_members)
    return None


def has_letter(row: ApplicationRow, decided: Mapping[str, DecisionRow], *, is_direct: bool) -> bool:
    """Whether an application has a letter on what was decided; of what was withdrawn it has another.

    Nobody applied for an award without a competition, so one that is not made has no letter.
    """
    found = decided.get(row.reference)
    return found is not None and not row.withdrawn and (found.amount_pence is not None or not is_direct)


def addressed(
    session: Session, round_id: int, decided: Mapping[str, DecisionRow], today: date
) -> frozenset[str]:
    """Return which applications of a round have a letter, but for those that the panel could not rank.

    Those are `stuck_ones`: they are known only with the ranking.
    """
    rows, rules = applications(session, round_id), fund_rules_of(session, round_id)
    direct = is_direct(session, round_id)
    told = (row.reference for row in rows if has_letter(row, decided, is_direct=direct))
    on_decision = {one for one in told if not rules.is_offered_in_agreement(decided[one].amount_pence)}
    line = round_line(session, round_id)
    stopped = {one.reference for _, one in at_gates(session, line, frozenset(decided), today)}
    gone = withdrawn_ones(session, round_id, rows, decided)
    return frozenset(on_decision | stopped | {one.reference for one in gone})
