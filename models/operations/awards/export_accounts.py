"""Handing accounts out on paper: whoever asks for them, and why, stands in the journal first."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from models.journal import chain as journal
from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.set_up.round_state import require_known_round
from models.papers.accounts import AccountLine, Accounts
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.checks.payees import FITS, bank_findings
from models.schema.applications.application import application_table
from models.schema.awards.bank import bank_details_table
from models.session import Session
from models.values.bank import NOT_RECORDED, BankDetails, flag_words, is_account_of
from models.values.diligence.checks import Finding
from scoring.counted import counted
from scoring.refused import Refused


class ExportAccounts(RegisteredOperation, frozen=True):
    """Record who asked for the accounts of a round or an area on paper, and why. Changes nothing.

    A barrier, as it cannot be unseen. `area` is "" for all areas.
    """

    kind: ClassVar[str] = "export accounts"
    is_barrier: ClassVar[bool] = True
    round_id: int
    area: str
    asked_by: str
    reason: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Write the accounts of {self.area or 'all areas'} on a restricted sheet"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Change nothing; refused without a name and a reason, and where no award has an account."""
        require_known_round(session, self.round_id)
        if not self.asked_by.strip() or not self.reason.strip():
            raise Refused("Accounts are written only when a named person asks for them. Say who, and why.")
        many = len(_held(session, self.round_id, self.area))
        if not many:
            raise Refused(f"No award of {self.area or 'this round'} has an account.")
        words = (
            f"{counted(many, 'account was', 'accounts were')} asked for; the journal says by whom and why."
        )
        return Outcome(frozenset({Topic.RECORD}), None, words)


def accounts_asked_for(session: Session, operation: ExportAccounts) -> Accounts:
    """Return the whole accounts; asked only beside the operation, in its transaction.

    Raises Refused where one is known by its last digits alone, as after the journal was done over again, and
    where one is not the one that was recorded.
    """
    held = _held(session, operation.round_id, operation.area)
    whole = _whole(session, operation.round_id)
    missing = [award.reference for award in held if award.application not in whole]
    if missing:
        raise Refused(f"The account of {missing[0]} is not in this record. Enter it again.")
    for award in held:
        _refuse_astray(award, whole[award.application])
    said = bank_findings(session, operation.round_id)
    return Accounts(
        asked_by=operation.asked_by.strip(),
        reason=operation.reason.strip(),
        journal_row=journal.head(session).seq,
        lines=tuple(_line(award, whole[award.application], said) for award in held),
    )


def _whole(session: Session, round_id: int) -> dict[str, BankDetails]:
    table = bank_details_table
    rows = session.execute(
        select(application_table.c.reference, table.c.account_name, table.c.sort_code, table.c.account_number)
        .add_columns(table.c.salt)
        .join(table, table.c.application_id == application_table.c.id)
        .where(application_table.c.round_id == round_id)
    )
    return {reference: BankDetails(*account) for reference, *account in rows}


def _refuse_astray(award: AwardRow, details: BankDetails) -> None:
    """Refuse to hand out an account that is not the one that was recorded."""
    if award.bank is None or not is_account_of(details, award.bank.last_four, award.bank.account_sum):
        raise Refused(NOT_RECORDED.format(award.reference))


def _held(session: Session, round_id: int, area: str) -> list[AwardRow]:
    rows = awards(session, round_id)
    return [row for row in rows if row.bank is not None and area in ("", row.area)]


def _line(award: AwardRow, details: BankDetails, said: Mapping[str, Finding]) -> AccountLine:
    bank = award.bank
    assert bank is not None, "an account that is held"
    return AccountLine(
        reference=award.reference,
        account_name=details.account_name,
        sort_code=details.sort_code,
        account_number=details.account_number,
        entered_by=bank.entered_by,
        entered_on=bank.entered_at.date(),
        verified_by=bank.checked_by,
        verified_on=None if bank.checked_at is None else bank.checked_at.date(),
        flag=flag_words(bank.changed_after, is_verified=bool(bank.checked_by)),
        fits=FITS[said[award.application].state],
    )
