"""The numbers of notices: which are in use, the next, what was signed under each, and what waits for one."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import or_, select

from models.journal import canonical
from models.operations.deciding.deciding import RecordDecisions
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.deciding.recommendations import RecommendationRow
from models.queries.papers.notices.half_signed import last_signed
from models.schema.applications import application_table
from models.schema.awards import award_table
from models.schema.deciding import sign_off_table
from models.schema.journal import journal_body_table, journal_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.counted import listed, noun
from scoring.refused import Refused


def notice_numbers(rows: Sequence[DecisionRow]) -> tuple[str, ...]:
    """Return the numbers of a round's notices, in the order in which they were given."""
    return tuple(dict.fromkeys(row.notice for row in rows if row.notice))


def to_decide(
    rows: Iterable[ApplicationRow], advised: Iterable[RecommendationRow], every: Sequence[DecisionRow]
) -> tuple[RecommendationRow, ...]:
    """Return what is recommended of applications that nobody withdrew or decided, in the order of these."""
    said, done = {row.application: row for row in advised}, final_decisions(every)
    open_rows = (row.reference for row in rows if not row.withdrawn and row.reference not in done)
    return tuple(said[of] for of in open_rows if of in said)


def next_notice(session: Session, year: int) -> str:
    """Return the next number of a calendar year's sequence, which runs over all funds: "032/2026".

    One that stands on a paper which waits for the second of two signatures is taken.
    """
    used = session.scalars(select(sign_off_table.c.notice).where(sign_off_table.c.notice.like(f"%/{year}")))
    written = (one.notice for one in _recorded(session, {f"/{year}"}) if one.notice.endswith(f"/{year}"))
    highest = max((int(number.partition("/")[0]) for number in (*used, *written) if number), default=0)
    return f"{highest + 1:03d}/{year}"


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
    """Refuse to draft a notice under the number of another one."""
    used = select(sign_off_table.c.notice).where(sign_off_table.c.notice == number)
    if number and session.scalar(used) is not None:
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
    used = session.scalars(select(sign_off_table.c.notice).where(sign_off_table.c.notice.in_(found)))
    return "" if len(found) > 1 or any(used) else found.pop()


def unlike_first_signed(
    session: Session, round_id: int, advised: Sequence[RecommendationRow], number: str
) -> Iterator[str]:
    """Yield that a paper has another number than the one under which others signed it before."""
    begun = tuple(last_signed(advised, decisions(session, round_id)))
    before = number_written(session, round_id, begun, len(advised))
    if number and before and number != before:
        signers = listed(list(dict.fromkeys(row.signed_by for row in begun)))
        yield f"{signers} signed this as notice {before}, not {number}. Check the paper's number."


def _recorded(session: Session, words: Collection[str]) -> Iterator[RecordDecisions]:
    """Yield the signatures of deciding offices as they were recorded with one of some words, oldest first.

    Others are left unread: an office records hundreds of them, each with all its lines.
    """
    body = journal_body_table.c.body
    bodies = session.scalars(
        select(body)
        .join(journal_table, journal_table.c.seq == journal_body_table.c.seq)
        .where(journal_table.c.kind == RecordDecisions.kind, or_(*map(body.contains, sorted(words))))
        .order_by(journal_table.c.seq)
    )
    return (canonical.from_text(RecordDecisions, text) for text in bodies)


def _number_of(row: DecisionRow, recorded: Iterable[RecordDecisions]) -> str:
    """Return the number with which a signature was recorded, the newest where it was recorded again."""
    numbers = [
        one.notice
        for one in recorded
        if (one.step, one.by, one.on) == (row.step, row.signed_by, row.signed_on)
        and any(line.application == row.application for line in one.lines)
    ]
    return numbers[-1] if numbers else ""


def signed_interests(session: Session, number: str) -> str:
    """Return the interests that the signer of a notice stated, "" before it is decided."""
    found = session.scalars(select(sign_off_table.c.interests).where(sign_off_table.c.notice == number))
    return found.one_or_none() or ""


def signed_power(session: Session, number: str) -> str:
    """Return the legal power that the signer of a notice named, "" before it is decided."""
    found = session.scalars(select(sign_off_table.c.legal_power).where(sign_off_table.c.notice == number))
    return found.one_or_none() or ""


def award_references(session: Session, decisions: Sequence[int]) -> dict[str, str]:
    """Return the references of the awards that decisions made, by that of their applications."""
    of, award = application_table.c, award_table.c
    rows = session.execute(
        select(of.reference, award.reference)
        .join_from(award_table, application_table, of.id == award.application_id)
        .where(award.decision_id.in_(decisions))
        .order_by(award.reference)
    )
    return {str(application): str(reference) for application, reference in rows}
