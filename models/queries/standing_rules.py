"""Rules of rounds that must hold of every record, for its check."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import and_, cast, func, select

from models.papers.kinds import KINDS
from models.papers.paper_kind import Kept
from models.queries.applications.attachments import attachment_faults
from models.queries.packs.return_checks import KEY_RULE, RETURN_RULE
from models.queries.papers.issues import every_issue, file_faults
from models.queries.set_up.rounds import scheme
from models.schema.applications import application_table, correction_table
from models.schema.awards import award_table, bank_details_table, bank_ending_table
from models.schema.base import WHOLE
from models.schema.deciding import recommendation_table
from models.schema.journal import erasure_table
from models.schema.panel import agreed_mark_table, mark_table, member_table, sheet_table
from models.schema.set_up import area_table, round_table, scheme_table
from models.session import Session
from models.store.chain import Rule
from models.values.payments import BankDetails, is_account_of
from scoring.money import pounds
from scoring.publishing import scheme_faults


def _marks_off_the_scale(session: Session) -> Iterator[str]:
    given = (
        select(
            member_table.c.round_id, application_table.c.reference, mark_table.c.criterion, mark_table.c.mark
        )
        .join(sheet_table, sheet_table.c.id == mark_table.c.sheet_id)
        .join(member_table)
        .join(application_table)
    )
    agreed = select(
        application_table.c.round_id,
        application_table.c.reference,
        agreed_mark_table.c.criterion,
        agreed_mark_table.c.mark,
    ).join(application_table, application_table.c.id == agreed_mark_table.c.application_id)
    schemes = {number: scheme(session, number) for number in session.scalars(select(round_table.c.id)).all()}
    judged = {number: found.judged_codes for number, found in schemes.items()}
    for statement in (given, agreed):
        for number, reference, criterion, mark in session.execute(statement):
            if criterion not in judged[number]:
                yield f"{reference} has a mark on {criterion}, which is not judged in its round."
            elif mark is not None and mark > schemes[number].scale_maximum:
                yield f"{reference} has {mark} on {criterion}, above {schemes[number].scale_maximum}."


def _sheets_of_another_round(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(member_table.c.code, application_table.c.reference)
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(application_table)
        .where(member_table.c.round_id != application_table.c.round_id)
    )
    for code, reference in rows:
        yield f"{code} has a sheet for {reference}, an application of another round."


def _areas_of_another_round(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(application_table.c.reference, area_table.c.name)
        .join(area_table)
        .where(area_table.c.round_id != application_table.c.round_id)
    )
    for reference, name in rows:
        yield f"{reference} is of the area {name} of another round."


def _open_without_scheme(session: Session) -> Iterator[str]:
    frozen = scheme_table.alias()
    rows = session.execute(
        select(round_table.c.id, round_table.c.name)
        .outerjoin(frozen, and_(frozen.c.round_id == round_table.c.id, frozen.c.frozen_at.is_not(None)))
        .where(round_table.c.stage != "set up", frozen.c.id.is_(None))
    )
    for _, name in rows:
        yield f"The round “{name}” is open, but its scheme is not published."


def _faulty_schemes(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(round_table.c.id, round_table.c.name).where(round_table.c.stage != "set up")
    )
    for number, name in rows.all():
        for fault in scheme_faults(scheme(session, number)):
            yield f"The round “{name}”: {fault}"


def _more_than_asked(session: Session) -> Iterator[str]:
    table, corrected = recommendation_table, correction_table
    is_amount = (corrected.c.application_id == table.c.application_id) & (
        corrected.c.field == "requested_pence"
    )
    requested_pence = func.coalesce(cast(corrected.c.value, WHOLE), application_table.c.requested_pence)
    rows = session.execute(
        select(application_table.c.reference, table.c.amount_pence, requested_pence)
        .join(application_table, application_table.c.id == table.c.application_id)
        .outerjoin(corrected, is_amount)
        .where(table.c.amount_pence > requested_pence)
    )
    for reference, amount, requested in rows:
        yield f"{reference} is recommended {pounds(amount or 0)}, over the {pounds(requested)} requested."


def _issues_altered(session: Session) -> Iterator[str]:
    """Yield issues with other facts than their sums are of, but for those of which an erasure takes some."""
    is_erased = session.scalar(select(erasure_table.c.seq).limit(1)) is not None
    for one in every_issue(session):
        if is_erased and KINDS[one.kind].kept is not Kept.ALWAYS:
            continue  # the journal, done over again, tells what is left of them
        if hashlib.sha256(one.content.encode("utf-8", "surrogatepass")).hexdigest() != one.sha256:
            yield f"Version {one.version} of the {KINDS[one.kind].named} is not what was issued."


def _accounts_astray(session: Session) -> Iterator[str]:
    """Yield accounts that are gone, or are not those of which the journal holds the end and the sum."""
    known, held = bank_ending_table.c, bank_details_table.c
    rows = session.execute(
        select(award_table.c.reference, known.last_four, known.account_sum)
        .add_columns(held.account_name, held.sort_code, held.account_number, held.salt)
        .join(award_table, award_table.c.application_id == bank_ending_table.c.application_id)
        .outerjoin(bank_details_table)
        .order_by(bank_ending_table.c.application_id)
    )
    for reference, last_four, account_sum, *account in rows:
        if None in account or not is_account_of(BankDetails(*account), last_four, account_sum):
            yield f"The account of {reference} is not the one recorded. Enter its bank details again."


STANDING_RULES = (
    Rule("marks", "Every mark is on a judged criterion and within the scale.", _marks_off_the_scale),
    Rule("sheets", "Every sheet is of one round.", _sheets_of_another_round),
    Rule("areas", "Every application is of an area of its own round.", _areas_of_another_round),
    Rule("published", "Every open round has a published scheme.", _open_without_scheme),
    Rule("schemes", "Every published weight is the weight it carries.", _faulty_schemes),
    Rule("recommended", "Nothing is recommended above what was requested.", _more_than_asked),
    Rule("bank", "Every account is the one that was recorded.", _accounts_astray),
    Rule("issues", "Every issued paper is as it was issued.", _issues_altered),
    Rule("files", "Every kept file is as it was issued.", file_faults),
    Rule("attachments", "Every attachment is as it was added.", attachment_faults),
    RETURN_RULE,
    KEY_RULE,
)
"""What is asked of the tables when a record is checked."""
