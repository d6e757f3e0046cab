"""What holds for every operation there is, and each name in what one says of itself as it was given."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest
from msgspec.structs import replace

from models.operation import Operation, Topic, topics_of
from models.operations.applications.applications import BringBackApplications, RemoveApplications
from models.operations.applications.attachments import (
    AttachFiles,
    DescribeAttachment,
    EraseAttachments,
    RemoveAttachments,
    TickAttachments,
)
from models.operations.applications.corrections import (
    Change,
    ChangeApplications,
    CorrectApplication,
    KeepApart,
    NameAnswer,
    SetTogether,
    SetWithdrawn,
)
from models.operations.applications.gates import GateSetting, SetChoices, SetGate, SetGates
from models.operations.applications.organisations import (
    MergeOrganisations,
    PartOrganisations,
    SeparateOrganisations,
)
from models.operations.awards.agreements import RecordAgreement, SetAgreementTemplate
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.bank_details import (
    CheckBankDetails,
    DeleteBankDetails,
    ExportAccounts,
    NoteAccountsFiles,
    SetBankDetails,
    ShowBankDetails,
)
from models.operations.awards.budget import ChangeBudget, Contribute, MoveMoney, SetSpendingPlan
from models.operations.awards.checks import LoadRegister, SetCheck, SetSubsidy, SetWithheldName
from models.operations.awards.direct_awards import (
    AddDirectAward,
    ChangeDirectAward,
    RemoveDirectAward,
    direct_key,
)
from models.operations.awards.finance import (
    RecordPayments,
    SetFinanceCodes,
    SetPaymentLayout,
    SetSupplierNumber,
)
from models.operations.awards.monitoring import SetReturnBands, SetVisits
from models.operations.awards.paying import (
    HoldAward,
    PayInstalment,
    Proof,
    SetDue,
    SetInstalments,
    SetProof,
    SetReturned,
)
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.variations import (
    AskBack,
    SignVariation,
    TakeBackVariation,
    VaryAward,
    WithdrawVariation,
)
from models.operations.awards.year_end import (
    DecideYearEnd,
    DecisionChange,
    SetSpent,
    SetYearLines,
    SpentChange,
)
from models.operations.deciding.chair_decisions import DecideException, DecideTie
from models.operations.deciding.challenges import SetChallenge
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.deciding.turns import TakeBackSignature
from models.operations.erasure import EraseBodies, Tombstone
from models.operations.packs.consolidated import (
    BringAreaBack,
    CarriedChange,
    Renamed,
    TakeAreaOut,
    TakeInRounds,
)
from models.operations.packs.packs import IssuePack, MakeReturn, OpenPack
from models.operations.packs.take_in import PutPackBack, PutReturnsBack, TakeInReturns, UpdatePack
from models.operations.panel.agreed import (
    AgreeMarks,
    CloseItem,
    ConfirmRecord,
    KeepForPanel,
    OpenItem,
    OpenRecord,
    SetAgreedMark,
    SetDissent,
    SetNotApplicable,
)
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.operations.panel.members import (
    AddInterest,
    AddMember,
    ChangePanel,
    Declare,
    DeclareToSign,
    EditMember,
    RemoveMember,
    SetChairScores,
)
from models.operations.panel.sheets import HandIn, HandInSheets, ReopenSheet, SetMark, SetReason
from models.operations.papers import AddPrintedTables, IssuePaper
from models.operations.registry import OPERATIONS
from models.operations.retention import HoldApplication, SetRetention
from models.operations.set_up.areas import AddArea, MoveAreas, RemoveArea, RenameArea, SetAreaDates, SetPot
from models.operations.set_up.load import LoadRound, RemoveRound
from models.operations.set_up.office import (
    AddFund,
    CloseFund,
    FactChange,
    RemoveFund,
    RenameFund,
    SetFund,
    SetFundYear,
    SetOfficeFacts,
    SetPaperTexts,
    SetPublisher,
    SetUpOffice,
)
from models.operations.set_up.people import GiveRole, NameSignatories, TakeRole
from models.operations.set_up.replace import PutRoundBack, ReplaceRound, Stood
from models.operations.set_up.rounds import (
    CloseRound,
    ConfirmCarried,
    OwnDates,
    ReopenRound,
    SetMarking,
    SetReasonRule,
    StartRound,
    TakeBackRound,
)
from models.operations.set_up.scheme import AmendScheme, EditScheme, PublishScheme
from models.papers.issued import PaperFile
from models.papers.year.year_facts import Spent, YearDecision, YearLine
from models.queries.applications.applications import GateResult
from models.queries.awards.awards import FinanceCodes
from models.queries.deciding.signatories import Signatory
from models.queries.panel.panel import MemberDetails
from models.queries.retention.retention import Years
from models.queries.set_up.funds import FundYearMoney
from models.reference.defaults import FundDefaults, ListKind, ReturnBand, Source, SourceKind
from models.reference.shipped_history import PrintedTable
from models.schema.tables import METADATA
from models.store.upkeep import TableRows
from models.values import canonical
from models.values.applications import Choice, ChoicesOf
from models.values.attachments import KeptFile
from models.values.awards import (
    AgreementDetails,
    Challenge,
    ChallengeKind,
    Finding,
    Instalment,
    Part,
    Returned,
    Subsidy,
    Successor,
    Terms,
    WithheldName,
)
from models.values.diligence import CheckResult, Extract, RegisterEntry
from models.values.pack_plans import Copied, Decision
from models.values.payments import STANDARD
from models.values.recommending import LineDecision, RecommendationRow
from models.values.rounds import AreaDates, Carried, MeetingHeld, ReasonRule
from models.values.rows import ChairDecisionRow, InterestRow
from scoring.budget.limits import SpendingPlan
from scoring.ranking import Allowance
from scoring.round import Area, ChairDecisionKind, InterestKind
from tests.models.both_signed import both_sign
from tests.models.operations.awards.proposals import BOXING
from tests.models.operations.monitored_rounds import AGREE, PLAN, PUT, VISIT
from tests.models.ready_to_pay import CALL
from tests.models.rounds import FUND, KEY, SCHEME, application, import_operation, workbook_rows

ITEM = RecommendationRow("ACF-001", "fund", 100_000, "fits", conditions=("agreement",))
MOVE = MoveMoney("New Fund", "2026/27", "Coventry", "Dudley", 5, "need", "Cora Chief, Chief Executive")
GIVEN = Contribute("New Fund", "2026/27", "Dudley", 5, "matched")
VARY = VaryAward(
    1, "ACF-001", 1, Terms(5, profile="", parts=(Part(5, "x", date(2027, 3, 1)),)), "less", date(2027, 3, 1)
)
ASK = AskBack(1, "ACF-001", 1, 5, date(2027, 3, 1), "not spent")
APPEAL = Challenge(ChallengeKind.APPEAL, "Ann", "unheard", date(2027, 3, 1), date(2027, 3, 29))
LATE = YearDecision(3, 0, "late start", "Ann Sample", date(2027, 4, 9), 2)
CARRIED = DecisionChange("carry forward", "", "A-031-01", LATE, None)
EXAMPLES: tuple[Operation, ...] = (
    AttachFiles(
        "application", 1, "ACF-001", "", (KeptFile("quote.pdf", "quote", 5, "ab", datetime(2026, 11, 3)),)
    ),
    RemoveAttachments("award", 1, "ACF-001", "", (1,)),
    DescribeAttachment("round", 1, "", "", 1, "other.pdf", "quote", "quote.pdf", "form"),
    TickAttachments("organisation", 0, "", "uid", (1,)),
    EraseAttachments("application", 1, "ACF-001", "", (1,), "asked for", "Ann"),
    SetChallenge(1, "ACF-001", 1, APPEAL, None),
    SetChallenge(1, "ACF-001", 1, None, APPEAL),
    SetChallenge(
        1,
        "ACF-001",
        1,
        replace(APPEAL, finding=Finding.WITHDRAWN, reasons="x", answered_on=date(2027, 3, 9)),
        APPEAL,
    ),
    SetUpOffice("Office", (FUND,)),
    SetOfficeFacts((FactChange("name", "Office", date(2026, 4, 1)), FactChange("email", None)), b"png"),
    AddFund(FundDefaults("NF", "New Fund")),
    RemoveFund(FundDefaults("NF", "New Fund")),
    SetChoices(
        1,
        (ChoicesOf("ACF-001", (Choice(ListKind.CRIME, "asb", "Nuisance"),)),),
        (ChoicesOf("ACF-001", (Choice(ListKind.CRIME, "asb", "Nuisance", is_suggested=True),)),),
    ),
    SetFund("NF", FundDefaults("NF", "New Fund", money="precept"), FundDefaults("NF", "New Fund")),
    RenameFund("NF", "Newer Fund", date(2026, 4, 1)),
    CloseFund("NF", date(2027, 4, 1)),
    SetFundYear("NF", "2026/27", FundYearMoney("2026/27", 100, (Source("2026/27", SourceKind.CRIME, 100),))),
    GiveRole(1, "Ann Sample", "finance"),
    TakeRole(1, "Ann Sample", "decider", "Chief Executive"),
    NameSignatories(1, (Signatory("Ann Sample", "decider", "Chief"),), (("Ravi Example", ""),)),
    LoadRound(workbook_rows(), source="round.xlsx"),
    RemoveRound(1, ""),
    StartRound(
        KEY,
        (Area("Dudley", 1),),
        2,
        AreaDates(opens_on=date(2026, 9, 1)),
        1,
        (OwnDates("Dudley", AreaDates(closes_time="17:00")),),
    ),
    TakeBackRound(StartRound(KEY, (Area("Dudley", 1),), 2, AreaDates())),
    EditScheme(1, SCHEME, SCHEME),
    PublishScheme(1, SCHEME),
    AmendScheme(1, SCHEME, SCHEME, "why"),
    AllowOverPot(1, Allowance("Dudley", 87_000, "Ann Sample", "Commissioner", "why")),
    AllowOverPot(1, Allowance("Dudley", 87_000, "Ann Sample", "Commissioner", "why"), is_back=True),
    AddArea(1, Area("Dudley", 1)),
    RemoveArea(1, "Dudley"),
    RenameArea(1, "Dudley", "Brierley"),
    SetAreaDates(1, "Dudley", AreaDates(meets_on=date(2026, 12, 2)), AreaDates()),
    ConfirmCarried(1, ("Dudley",), (("Dudley", Carried("“Spring” 2025/26", 1, AreaDates())),)),
    import_operation(),
    RemoveApplications(1, ("ACF-001",), ("Coventry",)),
    BringBackApplications(
        1, (application(1),), (0,), (("no", "late", "x"),), (GateResult("ACF-001", "cap", "fail", "y", "z"),)
    ),
    ReplaceRound(1, workbook_rows()),
    PutRoundBack(
        1,
        "Autumn",
        "set up",
        (Area("Dudley", 1),),
        (Stood("ACF-001", False, "yes", "", ""),),
        (TableRows("marks", ("sheet_id", "criterion", "mark", "reason"), ((1, "A1", None, "x"),)),),
    ),
    RecordRecommendations(1, (ITEM,), ("ACF-002",)),
    RecordRecommendations(1, (), ("ACF-001",)),
    IssuePaper("notice", 1, "031/2026", "{}", "ab", "9 lines", 7, "cd"),
    SetPublisher("360G-Example", "GB-GOR-PB1"),
    SetMarking(1, "OFFICIAL", "OFFICIAL-SENSITIVE"),
    SetPaperTexts(1, "notice", "031/2026", (("title", "Small grants"),)),
    SetPot(1, Area("Dudley", 1), Area("Dudley", 0)),
    CloseRound(1),
    ReopenRound(1),
    MOVE,
    replace(MOVE, is_back=True),
    ChangeBudget("Change the money of 2026/27", (MOVE, GIVEN)),
    GIVEN,
    replace(GIVEN, is_back=True),
    SetSpendingPlan("New Fund", "2026/27", "Dudley", SpendingPlan("Patrols", Decimal("72.5"))),
    MoveAreas(1, ("Dudley",), "scoring"),
    SetChairScores(1, "M1", scores=False),
    SetGate(1, "ACF-001", "cap", "pass"),
    SetGates(
        1, (GateSetting("ACF-001", "team"), GateSetting("ACF-002", "team", "fail", "no", "Ann", "pass"))
    ),
    CorrectApplication(1, "ACF-001", (Change("postcode", '"WV1 1AA"', '""'),), "mistyped"),
    NameAnswer(1, "ACF-001", "What else did you plan?", "Anything else?"),
    SetWithdrawn(1, "ACF-001", is_withdrawn=True, reason="the applicant asked"),
    AddDirectAward(direct_key("ACF", "2026/27"), "ACF-D26-001", BOXING),
    ChangeDirectAward(2, "ACF-D26-001", replace(BOXING, amount_pence=900_000), BOXING, "a cheaper hall"),
    RemoveDirectAward(2, "ACF-D26-001"),
    ChangeApplications("Merge ACF-002", (SetWithdrawn(1, "ACF-002", True, "merged"),)),
    SetTogether(
        "Set the words of 1 paper", (SetPaperTexts(1, "minutes", "Dudley", (("place", "Example House"),)),)
    ),
    KeepApart(1, "ACF-001", "ACF-002"),
    MergeOrganisations("uid-1", "uid-2", "Allotment Friends", "Allotment Friends 2", "one group"),
    SeparateOrganisations("uid-1", "uid-2", "Allotment Friends", "Allotment Friends 2"),
    PartOrganisations("uid-1", "Allotment Friends", ("Allotment Friends 2",), "own accounts"),
    AddMember(1, MemberDetails("M9", "Una Test", "member", "Police", "police", areas=("Dudley",))),
    EditMember(1, MemberDetails("M9", "Una Test", "chair"), MemberDetails("M9", "Una Test")),
    RemoveMember(1, "M9"),
    ChangePanel("Add 1 member", (AddMember(1, MemberDetails("M9", "Una Test")),)),
    Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE),)),
    DeclareToSign(1, "Dan Decides", (InterestRow("Dan Decides", None, InterestKind.NONE),)),
    SetMark(1, "M1", "ACF-001", "A1", 3, None),
    SetReasonRule(1, ReasonRule.REQUIRED, ReasonRule.ASKED),
    SetMark(1, "M1", "ACF-001", "A1", 3, None, from_paper=True),
    SetReason(1, "M1", "ACF-001", "A1", "why", ""),
    HandIn(1, "M1", "ACF-001"),
    HandInSheets(1, "M1", ("ACF-001", "ACF-004")),
    ReopenSheet(1, "M1", "ACF-001", "a slip"),
    AddInterest(1, InterestRow("M1", "ACF-001", InterestKind.PECUNIARY, "a cousin")),
    SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""),
    SetDissent(1, "ACF-001", "no", ""),
    KeepForPanel(1, "ACF-001", "A1", True),
    AgreeMarks(1, "ACF-001", (SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""),)),
    SetNotApplicable(1, "ACF-001", "A2", "not asked", ""),
    SetAttendance(1, "Dudley", "M1", "present", ""),
    SetAttendances("Dudley", (SetAttendance(1, "Dudley", "M1", "present", ""),)),
    SetMeetingHeld(1, "Dudley", MeetingHeld(date(2026, 12, 2), "10:00", "12:30", "Example House"), None),
    CloseItem(1, "ACF-001"),
    OpenItem(1, "ACF-001"),
    ConfirmRecord(1, "Dudley"),
    OpenRecord(1, "Dudley", "a mark was wrong"),
    DecideException(1, "ACF-001", "a pilot", ""),
    DecideTie(1, ("ACF-001", "ACF-002"), "older group"),
    DecideTie(
        1,
        ("ACF-001",),
        "",
        rows=(ChairDecisionRow("ACF-001", ChairDecisionKind.TIE, 1, "older group"),),
        is_back=True,
    ),
    SignRecommendations(1, "Coventry", date(2026, 12, 2)),
    SignRecommendations(1, "", date(2026, 12, 2)),
    SignRecommendations(1, "", date(2026, 12, 2), "Ravi Example", from_paper=True),
    RecordDecisions(1, 0, "Ann Sample", "Commander", date(2026, 12, 2), "none", (LineDecision("ACF-001"),)),
    RecordDecisions(
        1,
        1,
        "Ann Sample",
        "Chief Executive",
        date(2026, 12, 2),
        "none",
        (LineDecision("ACF-001", "change", "fund", 1, "why", "less", ("Send receipts.",)),),
        notice="031/2026",
        legal_power="an Act",
        correcting=True,
        moves_on=True,
    ),
    TakeBackSignature(1, 0, "Ann Sample", "Commander", ("ACF-001",)),
    SetInstalments(1, "ACF-001", "", (Instalment(1, "now"),), (Instalment(1, "then", date(2026, 12, 2)),)),
    both_sign("ACF-001", date(2026, 12, 2)),
    PayInstalment(1, "ACF-001", 1, None, date(2026, 12, 2)),
    PayInstalment(1, "ACF-001", 1, None, date(2026, 12, 2), HoldAward(1, "ACF-001", "sent back", "")),
    SetProof(1, "ACF-001", 2, Proof(date(2026, 12, 9), "receipts 1 to 4"), None),
    HoldAward(1, "ACF-001", "no report yet", ""),
    SetReturned(1, "ACF-001", (Returned(5, date(2027, 3, 1), "one session fewer"),), ()),
    RecordPayments("ledger.csv", (PayInstalment(1, "ACF-001", 1, date(2026, 12, 2), None),)),
    SetPaymentLayout(STANDARD.name, STANDARD, None),
    RecordAgreement(1, "ACF-001", AgreementDetails(date(2026, 12, 2), "safe 2"), AgreementDetails()),
    SetAgreementTemplate("New Fund", "", "cG5n"),
    SetSubsidy(1, "ACF-001", Subsidy("none", "a charity's own service"), None),
    SetSuccessor(1, "ACF-001", Successor("Heirs", "1122334", "", date(2026, 12, 2), "It converted"), None),
    SetWithheldName(1, "ACF-001", WithheldName("safety", "a refuge", "Olu Example", "Chief Executive"), None),
    LoadRegister(
        "charity",
        Extract(date(2026, 11, 1), "charity.zip", 5, 1, (RegisterEntry("1254367", 1, name="X"),)),
        None,
    ),
    SetCheck(1, "ACF-001", "sanctions", CheckResult("passed", date(2026, 12, 2), "another body"), None),
    VARY,
    VaryAward(1, "ACF-001", 2, Terms(recipient="New name", conditions=("c",)), "merged", date(2027, 3, 1)),
    TakeBackVariation(VARY, "thirds", (Instalment(5, "the end"),)),
    SignVariation(1, "ACF-001", 1, 0, "A", "Chief", date(2027, 3, 1), "none", from_paper=True),
    WithdrawVariation(1, "ACF-001", 1, "not needed", back=True),
    ASK,
    replace(ASK, is_back=True),
    SetFinanceCodes(1, (FinanceCodes("", "0042", "", "0007"),), (FinanceCodes("Dudley", "0043"),)),
    SetSupplierNumber(1, "ACF-001", "000123", ""),
    SetDue(1, "ACF-001", 2, date(2027, 3, 1), None),
    ExportAccounts(1, "", "Ann Sample", "the payment run"),
    NoteAccountsFiles(1, 7, (PaperFile("finance.csv", "ab" * 32, 70, is_kept=False),)),
    SetReturnBands(1, (ReturnBand(500_000, "end"), ReturnBand(None, "quarterly")), ()),
    AGREE,
    PLAN,
    PUT,
    SetVisits(1, "ACF-001", (VISIT,), ()),
    SetBankDetails(1, "ACF-001", "4958", None, "ab" * 32),
    CheckBankDetails(1, "ACF-001", "4958", call=CALL),
    ShowBankDetails(1, "ACF-001"),
    EraseBodies(((1, "ACF-001"),), (Tombstone(3, "{}"), Tombstone(4, "")), "two years", "Ida Protect"),
    SetRetention(1, Years(7, 1), Years()),
    HoldApplication(1, "ACF-001", "an audit", ""),
    DeleteBankDetails(1, "ACF-001", "4958"),
    AddPrintedTables(
        (PrintedTable("Fund", "2016/17", "Table 1", "A", "paper", ("x",), ("pounds",), (("1",),), "summed"),)
    ),
    SetYearLines("New Fund", "2026/27", (YearLine("Kites", 5, 2, 1),), ()),
    SetSpent(
        "New Fund", "2026/27", (SpentChange("Kites", "", Spent(4, 1, date(2027, 3, 31), "ledger"), None),)
    ),
    DecideYearEnd("New Fund", "2026/27", (CARRIED,)),
    DecideYearEnd("New Fund", "2026/27", (CARRIED, replace(CARRIED, award="A-031-02"))),
    replace(PLAN, plans=PLAN.plans * 2),
    IssuePack(1, "M1", "b6f1", date(2026, 12, 1), 3, "ab", "00" * 32, 7, "cd", ("c0de",)),
    TakeAreaOut(1, "Coventry", "Priya Nair", "laptop-7"),
    BringAreaBack(
        1,
        "Coventry",
        "ab",
        (
            CarriedChange(
                "M", "member", datetime(2026, 11, 3, tzinfo=UTC), "cd", SetMark(1, "M1", "A-1", "A1", 4, None)
            ),
        ),
    ),
    TakeInRounds(
        "ab",
        7,
        "north.panel",
        (TableRows("rounds", ("id",), ((1,),)),),
        (Renamed("Notice", "001/2026", "002/2026"),),
    ),
    TakeInReturns(("{}",), (Decision("r", "m", "a", "mark:A1", "00", "why"),), ("ab",)),
    TakeInReturns((), (Decision("r", "m", "a", "mark:A1", "00", "why"),)),
    PutReturnsBack(TakeInReturns(("{}",)), (TableRows("marks", ("sheet_id",), ((1,),)),), "00", ("m",)),
    TakeInReturns((), (), (), (Copied("r", "m", "00", ()),), "row 7, code 0123 4567 89ab"),
    OpenPack("{}", "ab"),
    UpdatePack("{}", "ab"),
    PutPackBack(UpdatePack("{}", "ab"), (TableRows("marks", ("sheet_id",), ((1,),)),), "00", "OFFICIAL"),
    MakeReturn("{}"),
)


@pytest.mark.parametrize("operation", EXAMPLES, ids=lambda operation: operation.kind)
def test_an_operation_is_the_same_after_the_journal_and_its_words_name_what_it_has(operation: Any) -> None:
    assert operation.label
    assert not {"Ann", "Sample", "Ravi", "Allotment"} & set(operation.label.split())
    for beside in ("detail", "reason"):
        assert isinstance(getattr(operation, beside, ""), str)
    text = canonical.to_text(operation)
    assert canonical.from_text(OPERATIONS[operation.kind], text) == operation
    for template in (operation.titled, operation.told):
        for name in _named(template):
            value = operation
            for part in filter(None, re.split(r"[.\[\]]+", name.removeprefix("0"))):
                if value is not None:
                    value = value[int(part)] if part.isdecimal() else getattr(value, part)


def _named(template: str) -> Iterator[str]:
    """Yield the fields of the operation itself that a template names, those within others too."""
    for _, name, spec, _ in Formatter().parse(template):
        if name is not None and name.startswith("0"):
            yield name
        yield from _named(spec or "")


def test_every_operation_has_an_example_and_every_table_but_the_journal_tells_of_a_topic() -> None:
    assert {type(operation) for operation in EXAMPLES} == set(OPERATIONS.values())
    assert all(kind.kind == name for name, kind in OPERATIONS.items())

    silent = {name for name in METADATA.tables if topics_of([name]) == frozenset(Topic)}

    assert silent == {"journal", "journal_body", "draft"}
    assert topics_of(["sheets", "marks", "journal", "journal_body"]) == {Topic.MARKS}


ODD = ("A|B", "|", "{0.kind}", "{{ 1 }}", "{% if x %}", "50% & <b>’'", "or c", "a/b", "a:b", "{", "}", "a\nb")


@pytest.mark.parametrize("name", ODD)
def test_a_name_stands_in_what_was_done_as_it_was_given(name: str) -> None:
    apart = SeparateOrganisations("k", "m", name, f"{name} Ltd", was_apart=True)
    given = Contribute("ACF", "2026/27", name, 500_00, "more")
    renamed = RenameFund("ACF", name, date(2026, 12, 1))

    assert apart.done().words == f"{name} Ltd counts with {name} again."
    assert given.done(None, {"line": name}).words == f"The office gives {name} £500.00 in 2026/27."
    assert renamed.done(None, None, "ACF").words == (
        f"From 1 December 2026 ACF is called {name}. Papers of earlier days keep the earlier name."
    )
