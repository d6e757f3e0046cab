"""The numbers of notices, and who signed or has still to sign: before, jointly, with what interests."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from msgspec.structs import replace
from sqlalchemy import or_, select

from models.operation import operation_of
from models.papers.notice import AlsoSigned, is_disclosed
from models.papers.order import TextPair, Texts
from models.papers.paper_words import Sentences
from models.queries.applications.applications import awarded
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    decisions,
    final_decisions,
    needed_steps,
    progress_by_line,
    signatures,
    signers,
    turns,
)
from models.queries.deciding.settled import disclosed_beside, interests_to_state
from models.queries.deciding.signatories import Seat, signing
from models.queries.set_up.rounds import is_direct
from models.reference.sign_off import SignOff
from models.schema.deciding import sign_off_table
from models.schema.journal import journal_body_table, journal_table
from models.session import Session
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import ApplicationRow, by_application, gathered
from scoring.schedule.lines import FORMS, PanelOutcome
from scoring.written.text import Refused, listed, noun, one_line, with_capital

SIGNATURES, NO_INTEREST = Sentences("signatures"), "no interest"
"""What somebody disclosed who stated that there was nothing to disclose."""
CHAIR_OF_PANEL = "chair of the panel"
_IN_ORDER = attrgetter("signed_on", "number")
"""How signatures are told as they were given: a paper may list its lines by area, or as they came."""


def as_signed(
    advised: Sequence[RecommendationRow], every: Sequence[DecisionRow]
) -> tuple[RecommendationRow, ...]:
    """Return what is recommended as whoever signs next finds it: as an earlier signature changed it."""
    last = by_application(last_signed(advised, every))
    return tuple(
        replace(one, outcome=row.outcome, amount_pence=row.amount_pence)
        if (row := last.get(one.application))
        else one
        for one in advised
    )


def last_signed(advised: Sequence[RecommendationRow], every: Sequence[DecisionRow]) -> Iterator[DecisionRow]:
    """Yield the newest signature on each line that somebody signed, which decided none of them."""
    begun = progress_by_line(every)
    for one in advised:
        row = begun.get(one.application, NOT_BEGUN).last
        if row is not None:
            yield row


def signed_jointly(
    advised: Sequence[RecommendationRow | DecisionRow],
    every: Sequence[DecisionRow],
    number: int,
    step: SignOff,
) -> tuple[tuple[AlsoSigned, ...], Texts]:
    """Return who signed all these lines at a step of several posts, and its posts that have still to sign."""
    begun, given, left = progress_by_line(every), dict[AlsoSigned, None](), list[str]()
    for post in step.posts:
        rows = [
            row
            for one in advised
            for row in begun.get(one.application, NOT_BEGUN).since
            if row.step == number and step.post_taken(row.post) == post
        ]
        if {row.application for row in rows} == {one.application for one in advised}:
            given |= {AlsoSigned(row.post, row.signed_by, row.signed_on, row.interests): None for row in rows}
        else:
            left.append(post)
    return tuple(given), tuple(left)


def disclosed(session: Session, row: DecisionRow, nothing: str = "") -> str:
    """Return what was disclosed with a signature, "" where nothing was said.

    `nothing` is returned where whoever signed stated that there was nothing to disclose.
    """
    said = disclosed_beside(row.interests, interests_to_state(session, row.signed_on))
    return one_line(said) if is_disclosed(said) else nothing if said else ""


def notice_numbers(rows: Sequence[DecisionRow]) -> Texts:
    return tuple(dict.fromkeys(row.notice for row in rows if row.notice))


def to_decide(
    rows: Iterable[ApplicationRow], advised: Iterable[RecommendationRow], every: Sequence[DecisionRow]
) -> tuple[RecommendationRow, ...]:
    """Return what is recommended of applications that nobody withdrew or decided, in the order of these."""
    said, done = by_application(advised), final_decisions(every)
    open_rows = (row.reference for row in rows if not row.withdrawn and row.reference not in done)
    return tuple(said[of] for of in open_rows if of in said)


def next_notice(session: Session, year: int) -> str:
    """Return the next number of a calendar year's sequence, which runs over all funds: "032/2026".

    One that stands on a paper which waits for the second of two signatures is taken.
    """
    every = (*_used(session), *(one.notice for one in _recorded(session, {f"/{year}"})))
    numbers = (int(number.partition("/")[0]) for number in every if number.endswith(f"/{year}"))
    highest = max(numbers, default=0)
    return f"{highest + 1:03d}/{year}"


def _used(session: Session) -> set[str]:
    return {number for number in session.scalars(select(sign_off_table.c.notice)) if number}


def notice_number(wanted: str, every: Sequence[DecisionRow], where: str, waiting: Collection[str]) -> str:
    """Return the number of the notice that is meant; Refused where there is none, or which is not said.

    The refusal names those as well that are `waiting` for another signature.
    """
    numbers = notice_numbers(every)
    if wanted and wanted not in numbers:
        wait = noun(len(waiting), "waits", "wait")
        rest = f", and {listed(sorted(waiting))} {wait} for another signature" if waiting else ""
        raise Refused(f"Notice {wanted} is not of {where}. It has {', '.join(numbers)}{rest}.")
    if not wanted and len(numbers) > 1:
        raise Refused(f"The round has several notices: {', '.join(numbers)}. Say which with --notice.")
    return wanted or numbers[0]


def require_free(session: Session, number: str) -> None:
    if number and number in _used(session):
        raise Refused(f"Notice {number} is of other decisions already. Give the draft a number of its own.")


def number_written(session: Session, round_id: int, signed: Sequence[DecisionRow], lines: int) -> str:
    """Return the number on the paper of a notice that one of several signed, "" where none is known.

    `signed` are the newest signatures on its `lines`; all of them were recorded with that number. A signature
    alone decides nothing, so the number stands in the journal until the last one is recorded with it.
    """
    if not lines or len(signed) < lines:
        return ""
    recorded = _recorded(session, {row.signed_on.isoformat() for row in signed})
    of_round = [one for one in recorded if one.round_id == round_id and one.notice]
    found = {_number_of(row, of_round) for row in signed}
    return "" if len(found) > 1 or found & _used(session) else found.pop()


def unlike_first_signed(
    session: Session, round_id: int, advised: Sequence[RecommendationRow], number: str
) -> Iterator[str]:
    """Yield that a paper has another number than the one under which others signed it before."""
    begun = tuple(last_signed(advised, decisions(session, round_id)))
    before = number_written(session, round_id, begun, len(advised))
    if number and before and number != before:
        signers = listed(list(dict.fromkeys(row.signed_by for row in begun)))
        yield f"{signers} signed this as notice {before}, not {number}. Check the paper's number."


_SIGN = "record decisions"


def _recorded(session: Session, words: Collection[str]) -> Iterator[Any]:
    """Yield the signatures of deciding offices as they were recorded with one of some words, oldest first.

    Others are left unread: an office records hundreds of them, each with all its lines.
    """
    body = journal_body_table.c.body
    bodies = session.scalars(
        select(body)
        .join(journal_table)
        .where(journal_table.c.kind == _SIGN, or_(*map(body.contains, sorted(words))))
        .order_by(journal_table.c.seq)
    )
    return (operation_of(_SIGN, text) for text in bodies)


def _number_of(row: DecisionRow, recorded: Iterable[Any]) -> str:
    """Return the number with which a signature was recorded, the newest where it was recorded again."""
    said = row.step, row.signed_by, row.signed_on
    alike = [one for one in recorded if (one.step, one.by, one.on) == said]
    numbers = [one.notice for one in alike if row.application in {line.application for line in one.lines}]
    return numbers[-1] if numbers else ""


def award_references(session: Session, decisions: Sequence[int]) -> dict[str, str]:
    """Return the references of the awards that decisions made, by that of their applications."""
    return {one.reference: one.award for one in awarded(session) if one.decision_id in decisions}


def signed_before(round_: DecidedRound, lines: Sequence[DecisionRow]) -> Texts:
    """Return who signed lines that are decided at earlier steps, of one that is decided again before which.

    Whose signature the record lacks is told to the office alone, as it may stand on the paper that was
    signed, but where somebody said why the decision goes without it. One given before an earlier decision is
    none for what is decided again.
    """
    first, again, lacking = list[DecisionRow](), list[DecisionRow](), list[tuple[TextPair, str]]()
    for line in lines:
        since = max((row.number for row in round_.before(line)), default=0)
        of = line.application
        mine = [row for row in round_.every if row.application == of and row.number <= line.number]
        for step, given in _given(round_, line, mine).items():
            for row in given.values():
                (again if row.number < since else first).append(row)
            for why in [row for row in mine if row.unsigned_because and step < row.step][-1:]:
                lacking += (
                    ((post, why.unsigned_because), of)
                    for post in round_.chain[step].posts
                    if post not in given or given[post].number < since < why.number
                )
    # those given with others that hold count with these, as in the notice that was signed then, but not on
    # a line that goes without one
    given_first, without = {_told(round_, row) for row in first}, {of for _, of in lacking}
    counted_too = [
        row for row in again if row.application not in without and _told(round_, row) in given_first
    ]
    return (
        *_for_the_panel(round_, [one.application for one in lines if not round_.before(one)], len(lines)),
        *_sentences(round_, (*first, *counted_too), len(lines)),
        *(SIGNATURES.without(*said, len(of), len(lines)) for said, of in gathered(lacking).items()),
        *_replaced(round_, again, counted_too),
    )


def _for_the_panel(round_: DecidedRound, new: Sequence[str], many: int) -> Iterator[str]:
    """Yield when the chair signed for the panel what is decided for the first time, and why some go without.

    A notice is published, and names nobody of the panel; `many` is how many lines it has.
    """
    days = _by_chair(round_)
    for day, signed in gathered((days[of], of) for of in new if of in days).items():
        yield SIGNATURES.panel(day, len(signed), many)
    why = {row.application: row.unsigned_because for row in reversed(round_.every) if row.unsigned_because}
    for words, left in gathered((why[of], of) for of in new if of in why and of not in days).items():
        yield SIGNATURES.without(CHAIR_OF_PANEL, words, len(left), many)


def _by_chair(round_: DecidedRound) -> Mapping[str, date]:
    """Return when the chair signed what is recommended, by application; nobody chairs a direct award."""
    rows = signatures(round_.session, round_.round_id)
    return (
        {} if is_direct(round_.session, round_.round_id) else {row.application: row.signed_on for row in rows}
    )


def _told(round_: DecidedRound, row: DecisionRow) -> tuple[str, str, date, str]:
    return row.signed_by, row.post, row.signed_on, disclosed(round_.session, row, NO_INTEREST)


def to_sign_before(round_: DecidedRound, amounts: Mapping[str, int | None]) -> tuple[Texts, Texts]:
    """Return of lines that are to be decided in sentences who signed an earlier step, and who signs it first.

    `amounts` are of each application; where each area has a person of its own, it has a line.
    """
    known, seats, signed = signing(round_.session, round_.round_id), dict[str, None](), list[DecisionRow]()
    new, begun = [of for of in amounts if of not in round_.final], progress_by_line(round_.every)
    left = [of for of in new if of not in _by_chair(round_) and of not in begun]
    if left and not is_direct(round_.session, round_.round_id):
        seats[with_capital(CHAIR_OF_PANEL)] = None
    for of, pence in amounts.items():
        for step in needed_steps(round_.chain, pence)[:-1]:
            mine = (one for one in round_.every if (one.application, one.step) == (of, step))
            at = round_.chain[step]
            given = {at.post_taken(one.post): one for one in mine if one.is_in_force}
            signed += given.values()
            area = round_.places[of] if at.per_area else None
            for post in (post for post in at.posts if post not in given):
                seats[f"{known.called(Seat(step, post, area))}{f' for {area}' if area else ''}"] = None
    panel = _for_the_panel(round_, new, len(amounts))
    return (*panel, *_sentences(round_, signed, len(amounts))), tuple(seats)


def _given(
    round_: DecidedRound, line: DecisionRow, mine: Iterable[DecisionRow]
) -> dict[int, dict[str | None, DecisionRow]]:
    """Return the newest of `mine`, a line's signatures, of each post, by each step before its decision."""
    held = [row for row in mine if row.verdict != "send_back" and not row.is_taken_back]
    return {
        step: {round_.chain[step].post_taken(row.post): row for row in held if row.step == step}
        for step in needed_steps(round_.chain, line.amount_pence)
        if step < line.step
    }


def _sentences(round_: DecidedRound, signed: Iterable[DecisionRow], many: int) -> Iterator[str]:
    """Yield who signed, as given, for how many of the applications, and what was disclosed.

    Those who signed on one day and disclosed no interest stand in one sentence. At a step that has a person
    for each area it is told for which they signed.
    """
    areas, chain = round_.places, round_.chain
    has_several = len(set(areas.values())) > 1 or is_direct(round_.session, round_.round_id)
    given = gathered((_told(round_, row), row) for row in sorted(signed, key=_IN_ORDER))
    alike = list[tuple[tuple[date, str, str], tuple[str, int]]]()
    for (name, post, day, said), rows in given.items():
        key = (day, said, name if said not in ("", NO_INTEREST) else "")
        of = dict.fromkeys(areas[row.application] for row in rows if has_several and chain[row.step].per_area)
        named = [area for area in of if area]
        who = f"{name}, {post}{f' for {listed(named)}' if named else ''}"
        alike.append((key, (who, len(rows))))
    yield from (SIGNATURES.before(who, many, day, said) for (day, said, _), who in gathered(alike).items())


def _replaced(
    round_: DecidedRound, signed: Iterable[DecisionRow], told: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield each signature before decisions that others took the place of, with what was signed then.

    What was disclosed with those that are `told` with others stands there.
    """
    given = list[tuple[tuple[str, str, date, str, str], str]]()
    for row in sorted(signed, key=_IN_ORDER):
        name, post, day, stated = _told(round_, row)
        said = "" if row in told else stated
        given.append(((name, post, day, row.outcome, said), row.application))
    for (name, post, day, outcome, said), of in gathered(given).items():
        done = FORMS[PanelOutcome(outcome)].to_do.replace("the application", listed(of))
        yield SIGNATURES.replaced(name, post, day, done, said)


def signed_with(
    every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> tuple[tuple[AlsoSigned, ...], int]:
    """Return who signed jointly with whoever decided the lines of a notice, each once.

    Then how many of these papers name before whoever signed last.
    """
    order, last = turns(every), lines[0]
    found = [row for line in lines for row in signers(every, line) if row.number != line.number]
    found.sort(key=lambda row: order[row.signed_by, row.post])
    who = tuple(
        dict.fromkeys(AlsoSigned(row.post, row.signed_by, row.signed_on, row.interests) for row in found)
    )
    at = order[last.signed_by, last.post]
    return who, sum(order[one.name, one.post] < at for one in who)
