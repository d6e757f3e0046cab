"""Every operation by its kind, so that a journal can be read and done over again."""

from models.operation import Operation
from models.operations.agreed import SetAgreedMark, SetDissent
from models.operations.allowances import AllowOverPot, TakeBackAllowance
from models.operations.applications import ImportApplications
from models.operations.area_dates import SetAreaDates
from models.operations.area_list import AddArea, RemoveArea, RenameArea
from models.operations.areas import MoveArea, MoveAreas, SetPot
from models.operations.attendance import SetAttendance
from models.operations.bank_details import (
    CheckBankDetails,
    DeleteBankDetails,
    SetBankDetails,
    ShowBankDetails,
)
from models.operations.chair_decisions import DecideException, DecideTie, PutTieBack
from models.operations.corrections import CorrectApplication, KeepApart, SetWithdrawn
from models.operations.deciding import RecordDecisions
from models.operations.declarations import AddInterest, Declare
from models.operations.due_dates import SetDue
from models.operations.erasure import EraseBodies
from models.operations.export_accounts import ExportAccounts
from models.operations.finance_codes import SetFinanceCodes, SetSupplierNumber
from models.operations.gates import SetGate
from models.operations.issues import IssueSchedule
from models.operations.load import LoadRound, RemoveRound
from models.operations.marking import SetMarking
from models.operations.marks import HandIn, SetMark, SetReason
from models.operations.meeting_items import AgreeMarks, CloseItem, ConfirmRecord, OpenItem, OpenRecord
from models.operations.members import AddMember, EditMember, RemoveMember
from models.operations.monitoring import PlanReturns, SetAgreedOutputs, SetReturnBands, SetVisits
from models.operations.monitoring_returns import PutReturns
from models.operations.not_applicable import SetNotApplicable
from models.operations.office import AddFund, RemoveFund, SetUpOffice
from models.operations.open_pack import MakeReturn, OpenPack
from models.operations.packs import IssuePack
from models.operations.panel_list import ChangePanel
from models.operations.paper_issues import IssuePaper
from models.operations.paper_texts import SetPaperTexts
from models.operations.paying import PayInstalment, SetInstalments, SignAgreement
from models.operations.payment_terms import HoldAward, SetProof, SetReturned
from models.operations.people import GiveRole, TakeRole
from models.operations.printed_figures import AddPrintedTables, RemovePrintedTables
from models.operations.publisher import SetPublisher
from models.operations.reason_rule import SetReasonRule
from models.operations.recommendations import RecordRecommendations, WithdrawRecommendations
from models.operations.removal import BringBackApplications, RemoveApplications
from models.operations.replace import PutRoundBack, ReplaceRound
from models.operations.retention import HoldApplication, SetRetention
from models.operations.rounds import SetUpRound
from models.operations.scheme import AmendScheme, EditScheme, PublishScheme
from models.operations.scoring_chair import SetChairScores
from models.operations.set_gates import SetGates
from models.operations.several import ChangeApplications
from models.operations.sheets import HandInSheets, ReopenSheet
from models.operations.signing import SignRecommendations
from models.operations.starting import StartRound, TakeBackRound
from models.operations.take_in_returns import PutReturnsBack, TakeInReturns
from models.operations.tolerance import SetTolerance
from models.operations.update_pack import PutPackBack, UpdatePack
from models.operations.year_end_decisions import DecideYearEnd
from models.operations.year_end_lines import SetYearLines
from models.operations.year_end_spent import SetSpent

_KINDS: tuple[type[Operation], ...] = (
    SetUpOffice,
    AddFund,
    RemoveFund,
    SetUpRound,
    StartRound,
    TakeBackRound,
    EditScheme,
    PublishScheme,
    AmendScheme,
    AddArea,
    RemoveArea,
    RenameArea,
    SetAreaDates,
    LoadRound,
    RemoveRound,
    ImportApplications,
    RemoveApplications,
    BringBackApplications,
    ReplaceRound,
    PutRoundBack,
    RecordRecommendations,
    WithdrawRecommendations,
    IssueSchedule,
    IssuePaper,
    SetPaperTexts,
    SetPublisher,
    SetPot,
    MoveArea,
    MoveAreas,
    ChangeApplications,
    SetGate,
    SetGates,
    CorrectApplication,
    SetWithdrawn,
    KeepApart,
    AddMember,
    EditMember,
    RemoveMember,
    ChangePanel,
    Declare,
    AddInterest,
    SetChairScores,
    SetReasonRule,
    SetMarking,
    SetMark,
    SetReason,
    HandIn,
    HandInSheets,
    ReopenSheet,
    SetAgreedMark,
    SetDissent,
    AgreeMarks,
    SetNotApplicable,
    SetAttendance,
    CloseItem,
    OpenItem,
    ConfirmRecord,
    OpenRecord,
    DecideException,
    DecideTie,
    PutTieBack,
    SetTolerance,
    AllowOverPot,
    TakeBackAllowance,
    GiveRole,
    TakeRole,
    SignRecommendations,
    RecordDecisions,
    SetInstalments,
    SignAgreement,
    PayInstalment,
    SetProof,
    HoldAward,
    SetReturned,
    SetReturnBands,
    SetAgreedOutputs,
    PlanReturns,
    PutReturns,
    SetVisits,
    SetFinanceCodes,
    SetSupplierNumber,
    SetDue,
    ExportAccounts,
    SetBankDetails,
    CheckBankDetails,
    ShowBankDetails,
    DeleteBankDetails,
    AddPrintedTables,
    RemovePrintedTables,
    SetYearLines,
    SetSpent,
    DecideYearEnd,
    IssuePack,
    TakeInReturns,
    PutReturnsBack,
    OpenPack,
    UpdatePack,
    PutPackBack,
    MakeReturn,
    EraseBodies,
    SetRetention,
    HoldApplication,
)

OPERATIONS: dict[str, type[Operation]] = {kind.kind: kind for kind in _KINDS}
