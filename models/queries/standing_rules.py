"""Rules of rounds that must hold of every record, for its check."""

import hashlib
from collections.abc import Callable, Iterator

from sqlalchemy import Integer, and_, cast, func, select
from sqlalchemy.orm import Session, aliased

from models.queries.return_rules import RETURN_RULE
from models.queries.scheme import scheme
from models.rules import Rule
from models.schema.agreement import AgreedMarkTable
from models.schema.application import ApplicationTable
from models.schema.award import AwardTable
from models.schema.bank import BankDetailsTable, BankEndingTable
from models.schema.correction import CorrectionTable
from models.schema.issue import IssueTable
from models.schema.panel import MemberTable
from models.schema.recommendation import RecommendationTable
from models.schema.round import AreaTable, RoundTable
from models.schema.scheme import SchemeTable
from models.schema.sheet import MarkTable, SheetTable
from scoring.money import pounds
from scoring.proof import scheme_faults

Offences = Callable[[Session], Iterator[str]]


def _one(offences: Offences) -> Callable[[Session], str]:
    """Return a query for the first offence, "" when there is none."""

    def broken(session: Session) -> str:
        return next(offences(session), "")

    return broken


def _marks_off_the_scale(session: Session) -> Iterator[str]:
    given = (
        select(MemberTable.round_id, ApplicationTable.reference, MarkTable.criterion, MarkTable.mark)
        .join(SheetTable, SheetTable.id == MarkTable.sheet_id)
        .join(MemberTable, MemberTable.id == SheetTable.member_id)
        .join(ApplicationTable, ApplicationTable.id == SheetTable.application_id)
    )
    agreed = select(
        ApplicationTable.round_id,
        ApplicationTable.reference,
        AgreedMarkTable.criterion,
        AgreedMarkTable.mark,
    ).join(ApplicationTable, ApplicationTable.id == AgreedMarkTable.application_id)
    schemes = {number: scheme(session, number) for number in session.scalars(select(RoundTable.id)).all()}
    judged = {number: {c.code for c in found.judged} for number, found in schemes.items()}
    for statement in (given, agreed):
        for number, reference, criterion, mark in session.execute(statement):
            if criterion not in judged[number]:
                yield f"{reference} has a mark on {criterion}, which is not judged in its round."
            elif mark is not None and mark > schemes[number].scale_maximum:
                yield f"{reference} has {mark} on {criterion}, above {schemes[number].scale_maximum}."


def _sheets_of_another_round(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(MemberTable.code, ApplicationTable.reference)
        .join(SheetTable, SheetTable.member_id == MemberTable.id)
        .join(ApplicationTable, ApplicationTable.id == SheetTable.application_id)
        .where(MemberTable.round_id != ApplicationTable.round_id)
    )
    for code, reference in rows:
        yield f"{code} has a sheet for {reference}, an application of another round."


def _areas_of_another_round(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(ApplicationTable.reference, AreaTable.name)
        .join(AreaTable, AreaTable.id == ApplicationTable.area_id)
        .where(AreaTable.round_id != ApplicationTable.round_id)
    )
    for reference, name in rows:
        yield f"{reference} is of the area {name} of another round."


def _open_without_scheme(session: Session) -> Iterator[str]:
    frozen = aliased(SchemeTable)
    rows = session.execute(
        select(RoundTable.id, RoundTable.name)
        .outerjoin(frozen, and_(frozen.round_id == RoundTable.id, frozen.frozen_at.is_not(None)))
        .where(RoundTable.stage != "set up", frozen.id.is_(None))
    )
    for _, name in rows:
        yield f"The round “{name}” is open, but its scheme is not published."


def _faulty_schemes(session: Session) -> Iterator[str]:
    rows = session.execute(select(RoundTable.id, RoundTable.name).where(RoundTable.stage != "set up"))
    for number, name in rows.all():
        for fault in scheme_faults(scheme(session, number)):
            yield f"The round “{name}”: {fault}"


def _more_than_asked(session: Session) -> Iterator[str]:
    table, corrected = RecommendationTable, CorrectionTable
    is_amount = (corrected.application_id == table.application_id) & (corrected.field == "requested_pence")
    requested_pence = func.coalesce(cast(corrected.value, Integer), ApplicationTable.requested_pence)
    rows = session.execute(
        select(ApplicationTable.reference, table.amount_pence, requested_pence)
        .join(ApplicationTable, ApplicationTable.id == table.application_id)
        .outerjoin(corrected, is_amount)
        .where(table.amount_pence > requested_pence)
    )
    for reference, amount, requested in rows:
        yield f"{reference} is recommended {pounds(amount or 0)}, more than the {pounds(requested)} asked."


def _issues_altered(session: Session) -> Iterator[str]:
    rows = session.execute(select(IssueTable.version, IssueTable.content, IssueTable.sha256))
    for version, content, sha256 in rows:
        if hashlib.sha256(content.encode()).hexdigest() != sha256:
            yield f"Version {version} of a schedule is not what was issued."


def _accounts_astray(session: Session) -> Iterator[str]:
    """Yield accounts that are gone, or do not end as the journal says: the journal holds no more of them."""
    rows = session.execute(
        select(AwardTable.reference, BankEndingTable.last_four, BankDetailsTable.account_number)
        .join(AwardTable, AwardTable.application_id == BankEndingTable.application_id)
        .outerjoin(BankDetailsTable, BankDetailsTable.application_id == BankEndingTable.application_id)
        .order_by(BankEndingTable.application_id)
    )
    for reference, last_four, account_number in rows:
        if account_number is None or account_number[-4:] != last_four:
            yield f"The account of {reference} is not the one put down. Enter its bank details again."


STANDING_RULES = (
    Rule("marks", "Every mark is on a judged criterion and within the scale.", _one(_marks_off_the_scale)),
    Rule("sheets", "Every sheet is of one round.", _one(_sheets_of_another_round)),
    Rule("areas", "Every application is of an area of its own round.", _one(_areas_of_another_round)),
    Rule("published", "Every open round has a published scheme.", _one(_open_without_scheme)),
    Rule("schemes", "Every published weight is the weight it carries.", _one(_faulty_schemes)),
    Rule("recommended", "Nothing is recommended above what was asked.", _one(_more_than_asked)),
    Rule("bank", "Every account ends in the digits that were put down.", _one(_accounts_astray)),
    Rule("issues", "Every issued paper is as it was issued.", _one(_issues_altered)),
    RETURN_RULE,
)
"""What is asked of the tables when a record is checked."""
