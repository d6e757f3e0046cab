"""The report of what importing returns comes to, made before anything is written."""

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from models.operations.packs.take_in_rounds import TakeInRounds
from models.queries.packs.packs import without_closed
from models.queries.packs.returns import import_plan
from models.queries.set_up.office import office_name
from models.queries.set_up.rounds import round_line
from models.schema.packs import returned_table
from models.session import Session
from models.store import chain as journal
from models.store.chain import said_rows
from models.values import canonical
from models.values.pack_plans import (
    Decision,
    Incoming,
    MemberPlan,
    MemberReport,
    MergeReport,
    Plan,
    Source,
    counts,
    decided_of,
    taken_of,
)
from models.values.packs import Return, read_return
from models.values.signing import short_code


def merge_report(
    session: Session,
    record: str,
    incoming: Incoming,
    decisions: Sequence[Decision] = (),
    reader: str = "",
) -> MergeReport:
    """Return the report of taking in what came, as a dry run; `record` is the name of the record's file.

    What is closed to the `reader` is left out.
    """
    texts = tuple(incoming.files)
    planned = import_plan(session, texts, decisions, incoming.copied)
    undecided = import_plan(session, texts, (), incoming.copied, [member.of for member in planned.members])
    planned, undecided = (without_closed(session, one, reader) for one in (planned, undecided))
    return MergeReport(
        office=_office(session),
        record=record,
        marking=_marking(session, undecided),
        sources=tuple(_sources(session, undecided, incoming)),
        members=tuple(
            _member(session, asked, member, decisions)
            for asked, member in zip(undecided.members, planned.members, strict=True)
        ),
        warnings=incoming.warnings,
        after_row=journal.head(session).seq,
        left=incoming.left,
        unfit=incoming.unfit,
    )


def _office(session: Session) -> str:
    """Return the office's name on the day of the record's last change."""
    head = journal.head(session).seq
    return next((office_name(session, row.at.date()) for row in journal.entries(session, after=head - 1)), "")


def _member(
    session: Session, asked: MemberPlan, planned: MemberPlan, decisions: Sequence[Decision]
) -> MemberReport:
    return MemberReport(
        code=planned.code,
        name=planned.name,
        round=round_line(session, planned.round_id).words,
        key=" and ".join(short_code(bytes.fromhex(key)) for key in planned.new_keys),
        is_key_changed=planned.is_key_changed,
        counts=counts(planned.before, planned.after),
        taken=taken_of(asked, planned),
        decided=tuple(decided_of(asked, decisions)),
        refused=planned.refused,
    )


def _sources(session: Session, planned: Plan, incoming: Incoming) -> Iterator[Source]:
    if incoming.copy:
        yield Source(incoming.copy_file, "–", f"Copy that ends with {incoming.copy}", "–", planned.is_new)
    for text, file in incoming.files.items():
        yield _source(session, planned, text, file)


def _source(session: Session, planned: Plan, text: str, file: str) -> Source:
    given = read_return(text)
    is_new = (
        session.scalar(select(returned_table.c.sha256).where(returned_table.c.sha256 == _sha256(text)))
        is None
    )
    return Source(file, _whose(planned, given), f"Return {given.number}", given.code, is_new)


def _whose(planned: Plan, given: Return) -> str:
    found = next(member for member in planned.members if member.of == (given.round, given.member))
    return f"{found.name} ({found.code})"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _marking(session: Session, planned: Plan) -> str:
    """Return the highest marking of the rounds that it is about."""
    markings = [round_line(session, number).marking for number in {m.round_id for m in planned.members}]
    return max(markings, key=len, default="OFFICIAL")


def taken_up_to(session: Session, source: str) -> int | None:
    """Return the last row of a record's journal when it was imported last, None where it never was."""
    rows = said_rows(session, (TakeInRounds.kind,))
    found = [canonical.from_text(TakeInRounds, row.body) for row in rows]
    return max((one.row for one in found if one.source == source), default=None)
