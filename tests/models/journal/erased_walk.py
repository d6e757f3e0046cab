"""The acts of a round that no example of a change fits, for the walk after which applications are erased."""

import json
from datetime import date
from functools import partial
from typing import Any

from msgspec.structs import asdict, replace

from models.journal.erasing import file_erasure_of
from models.operation import Actor, Operation
from models.operations.applications.applications import RemoveApplications
from models.operations.applications.attachments import (
    AttachFiles,
    DescribeAttachment,
    RemoveAttachments,
    TickAttachments,
    put_attached,
)
from models.operations.applications.corrections import (
    Change,
    CorrectApplication,
    SetTogether,
    SetWithdrawn,
)
from models.operations.applications.gates import GateSetting, SetChoices, SetGates
from models.operations.awards.bank_details import DeleteBankDetails
from models.operations.awards.direct_awards import (
    AddDirectAward,
    ChangeDirectAward,
    RemoveDirectAward,
    direct_key,
)
from models.operations.awards.finance import RecordPayments
from models.operations.awards.paying import PayInstalment, SetInstalments
from models.operations.awards.variations import VaryAward, WithdrawVariation
from models.operations.deciding.chair_decisions import DecideException
from models.operations.panel.agreed import CloseItem, OpenItem, SetAgreedMark, SetDissent
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.members import AddMember, ChangePanel
from models.operations.panel.sheets import HandIn, HandInSheets, ReopenSheet, SetMark, SetReason
from models.operations.retention import HoldApplication
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import StartRound
from models.operations.set_up.scheme import EditScheme
from models.queries.awards.awards import awards
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.reference.defaults import ListKind
from models.values.applications import Choice, ChoicesOf
from models.values.attachments import APPLICATION, Subject, kept_file
from models.values.awards import Instalment, Terms
from models.values.rounds import AreaDates, RoundKey
from models.values.rows import ApplicationRow, InterestRow, RoundRows
from scoring.round import Area, InterestKind
from tests.models.journal.test_erasing import SECRET
from tests.models.operations.awards.proposals import BOXING
from tests.models.operations.deciding_rounds import CHAIR, DAY, FINANCE
from tests.models.ready_to_pay import ACCOUNT, verified_account
from tests.models.rounds import KEY, OFFICER, SCHEME, import_operation

LATE = "ACF-004"
MEMBER = Actor("Ann Sample", "member")
Act = tuple[Operation, Actor]


def back_and_forth(record: Record, operation: Operation, actor: Actor = OFFICER) -> None:
    """Make a change, undo it, and undo that, so that each stands in the journal."""
    for _ in range(3):
        outcome = record.perform(operation, actor)
        assert outcome.inverse is not None, operation.kind
        operation = outcome.inverse


def _with_interest(code: str) -> AddMember:
    own = InterestRow(code, "ACF-001", InterestKind.PECUNIARY, f"{SECRET} ACF 001 cousin")
    return AddMember(1, MemberDetails(code, f"Una {code}", areas=("Coventry",)), interests=(own,))


def at_intake(record: Record, rows: RoundRows, late: ApplicationRow) -> None:
    """Take one more application in and out again, and do what is done to applications at intake."""
    record.perform(replace(import_operation(late, areas=()), source=f"{SECRET}.xlsx"), OFFICER)
    back_and_forth(record, RemoveApplications(1, (LATE,), ()))
    record.perform(record.perform(ReplaceRound(1, rows), OFFICER).inverse, OFFICER)
    changed = Change("postcode", json.dumps(f"{SECRET} ACF 001 corrected"), json.dumps(f"{SECRET}1 postcode"))
    lines = (Choice(ListKind.CRIME, "asb", "Nuisance"),)
    for one in (
        CorrectApplication(1, "ACF-001", (changed,), f"{SECRET} ACF 001 mistyped"),
        SetGates(1, (GateSetting("ACF-001", "team", "fail", f"{SECRET} ACF 001 did not", replacing=""),)),
        SetChoices(1, (ChoicesOf("ACF-001", lines),), (ChoicesOf("ACF-001", ()),)),
        SetAreaDates(1, "Coventry", AreaDates(meets_on=date(2026, 12, 1)), AreaDates()),
        _with_interest("M7"),
        ChangePanel("Add 1 member", (_with_interest("M8"),)),
        SetWithdrawn(1, "ACF-003", True, f"{SECRET} ACF 003 moved away"),
        HoldApplication(1, "ACF-001", f"{SECRET} ACF 001 audit", ""),
    ):
        back_and_forth(record, one)
    record.perform(
        StartRound(RoundKey(KEY.fund, KEY.year, "Spring"), (Area("Coventry", 1),), 1, AreaDates()), OFFICER
    )
    back_and_forth(record, EditScheme(2, replace(SCHEME, quorum=1), SCHEME))
    record.perform(SetWithdrawn(1, "ACF-003", False, ""), OFFICER)
    record.perform(HoldApplication(1, "ACF-001", "", f"{SECRET} ACF 001 audit"), OFFICER)


def on_sheets(record: Record) -> None:
    """Open sheets of a member again, and fill them in on paper, the third below a minimum."""
    for of in ("ACF-001", "ACF-002", "ACF-003"):
        record.perform(ReopenSheet(1, "M1", of, f"{SECRET} {of} slip"), CHAIR)
    for one in (
        SetMark(1, "M1", "ACF-001", "A1", 2, 5, from_paper=True),
        SetReason(1, "M1", "ACF-001", "A1", f"{SECRET} ACF 001 better", "asked the street", from_paper=True),
        HandIn(1, "M1", "ACF-001", from_paper=True),
        SetMark(1, "M1", "ACF-003", "A1", 0, 3, from_paper=True),
        HandInSheets(1, "M1", ("ACF-002", "ACF-003"), from_paper=True),
    ):
        record.perform(one, OFFICER)


def in_meeting(record: Record) -> None:
    """Agree a mark, note who disagrees, and close an item and open it again."""
    for one in (
        SetAgreedMark(1, "ACF-001", "A2", 4, f"{SECRET} ACF 001 told us", None, ""),
        SetDissent(1, "ACF-001", f"{SECRET} ACF 001 never", ""),
        SetAttendance(1, "Coventry", "M1", "present", ""),
        SetAttendance(1, "Coventry", "M2", "present", ""),
        CloseItem(1, "ACF-001"),
        OpenItem(1, "ACF-001"),
    ):
        record.perform(one, OFFICER)
    record.perform(DecideException(1, "ACF-003", "A pilot", ""), CHAIR)


def on_awards(record: Record) -> None:
    """Change, pay and withdraw what is awarded, and award and change something without a competition."""
    second = record.ask(partial(awards, round_id=1))[1]
    whole = (Instalment(second.amount_pence, "at once"),)
    back_and_forth(record, SetInstalments(1, "ACF-002", "", whole, second.instalments))
    longer = VaryAward(1, "ACF-001", 2, Terms(end_on=date(2028, 1, 1)), f"{SECRET} ACF 001 more", DAY)
    record.perform(record.perform(longer, OFFICER).inverse, OFFICER)
    record.perform(longer, OFFICER)
    record.perform(WithdrawVariation(1, "ACF-001", 2, f"{SECRET} ACF 001 declined"), OFFICER)
    paid = PayInstalment(1, "ACF-001", 2, DAY, None)
    record.perform(record.perform(RecordPayments("ledger.csv", (paid,)), FINANCE).inverse, FINANCE)
    record.perform(DeleteBankDetails(1, "ACF-001", ACCOUNT.last_four), OFFICER)
    verified_account(record, "ACF-001", FINANCE)
    given = replace(BOXING, summary=f"{SECRET} a hall")
    record.perform(AddDirectAward(direct_key("ACF", "2026/27"), "ACF-D1", given, ("over-cap",)), OFFICER)
    (number,) = record.ask(lambda session: [one.round_id for one in rounds(session) if one.is_direct])
    less = replace(given, amount_pence=900_000)
    change = ChangeDirectAward(
        number, "ACF-D1", less, given, f"{SECRET} a cheaper hall", confirmed=("over-cap",)
    )
    back_and_forth(record, change)
    back_and_forth(record, RemoveDirectAward(number, "ACF-D1"))


def on_files(record: Record) -> None:
    """Attach two files, name, tick and remove one, and erase the other."""
    of = Subject(APPLICATION, 1, "ACF-001")
    subject: dict[str, Any] = asdict(of)
    bodies = tuple(f"{SECRET} ACF 001 {n}".encode() for n in (1, 2))
    files = tuple(kept_file(f"{SECRET} ACF 001 {len(one)}.txt", one, "quote") for one in bodies)
    put = partial(put_attached, contents=bodies)
    record.perform_beside(AttachFiles(**subject, files=files), put, OFFICER)
    renamed = f"{SECRET} ACF 001 better.txt", "quote", files[0].name, "quote"
    named = DescribeAttachment(*subject.values(), 1, *renamed)
    record.perform(record.perform(named, OFFICER).inverse, OFFICER)
    for one in (
        SetTogether("Name 1 file", (named,)),
        TickAttachments(**subject, numbers=(1,)),
        RemoveAttachments(**subject, numbers=(1,)),
    ):
        back_and_forth(record, one)
    record.perform(record.ask(lambda s: file_erasure_of(s, of, (2,), "asked", "Ida")), OFFICER)
