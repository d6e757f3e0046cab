"""Every operation by its kind, so that a journal can be read and done over again."""

from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.choosing import SetChoices
from models.operations.applications.corrections import CorrectApplication, KeepApart, SetWithdrawn
from models.operations.applications.gates import SetGate
from models.operations.applications.organisations import (
    MergeOrganisations,
    PartOrganisations,
    SeparateOrganisations,
)
from models.operations.applications.removal import BringBackApplications, RemoveApplications
from models.operations.applications.set_gates import SetGates
from models.operations.applications.several import ChangeApplications
from models.operations.awards.agreements.agreement_details import RecordAgreement
from models.operations.awards.agreements.set_template import SetAgreementTemplate
from models.operations.awards.agreements.sign_agreement import SignAgreement
from models.operations.awards.bank_details import (
    CheckBankDetails,
    DeleteBankDetails,
    SetBankDetails,
    ShowBankDetails,
)
from models.operations.awards.budget_moves import MoveMoney, TakeBackMove
from models.operations.awards.change_budget import ChangeBudget
from models.operations.awards.checks.load_register import LoadRegister
from models.operations.awards.checks.set_check import SetCheck
from models.operations.awards.contributions import Contribute, TakeBackContribution
from models.operations.awards.direct.direct_awards import (
    AddDirectAward,
    ChangeDirectAward,
    RemoveDirectAward,
)
from models.operations.awards.due_dates import SetDue
from models.operations.awards.export_accounts import ExportAccounts
from models.operations.awards.finance_codes import SetFinanceCodes, SetSupplierNumber
from models.operations.awards.monitoring import PlanReturns, SetAgreedOutputs, SetReturnBands, SetVisits
from models.operations.awards.monitoring_returns import PutReturns
from models.operations.awards.paying import PayInstalment, SetInstalments
from models.operations.awards.payment_terms import HoldAward, SetProof, SetReturned
from models.operations.awards.payments.payment_layouts import SetPaymentLayout
from models.operations.awards.payments.record_payments import RecordPayments
from models.operations.awards.spending_plans import SetSpendingPlan
from models.operations.awards.subsidy.set_subsidy import SetSubsidy
from models.operations.awards.variations.recoveries import AskBack, TakeBackRequest
from models.operations.awards.variations.signing import SignVariation, WithdrawVariation
from models.operations.awards.variations.vary import TakeBackVariation, VaryAward
from models.operations.awards.withhold_name import SetWithheldName
from models.operations.awards.year_end_decisions import DecideYearEnd
from models.operations.awards.year_end_lines import SetYearLines
from models.operations.awards.year_end_spent import SetSpent
from models.operations.deciding.allowances import AllowOverPot, TakeBackAllowance
from models.operations.deciding.chair_decisions import DecideException, DecideTie, PutTieBack
from models.operations.deciding.challenges.challenges import AddChallenge, RemoveChallenge, SetChallenge
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, WithdrawRecommendations
from models.operations.deciding.signing import SignRecommendations
from models.operations.deciding.take_back import TakeBackSignature
from models.operations.packs.area_out import BringAreaBack, TakeAreaOut
from models.operations.packs.open_pack import MakeReturn, OpenPack
from models.operations.packs.packs import IssuePack
from models.operations.packs.take_in_returns import PutReturnsBack, TakeInReturns
from models.operations.packs.take_in_rounds import TakeInRounds
from models.operations.packs.update_pack import PutPackBack, UpdatePack
from models.operations.panel.agreed import KeepForPanel, SetAgreedMark, SetDissent
from models.operations.panel.attendance import SetAttendance
from models.operations.panel.attendance_of_all import SetAttendances
from models.operations.panel.declarations import AddInterest, Declare, DeclareToSign
from models.operations.panel.marks import HandIn, SetMark, SetReason
from models.operations.panel.meeting_held import SetMeetingHeld
from models.operations.panel.meeting_items import AgreeMarks, CloseItem, ConfirmRecord, OpenItem, OpenRecord
from models.operations.panel.members import AddMember, EditMember, RemoveMember
from models.operations.panel.not_applicable import SetNotApplicable
from models.operations.panel.panel_list import ChangePanel
from models.operations.panel.scoring_chair import SetChairScores
from models.operations.panel.sheets import HandInSheets, ReopenSheet
from models.operations.papers.issues import IssuePaper
from models.operations.papers.paper_texts import SetPaperTexts
from models.operations.papers.printed_figures import AddPrintedTables, RemovePrintedTables
from models.operations.retention.erasure import EraseBodies
from models.operations.retention.retention import HoldApplication, SetRetention
from models.operations.set_up.area_dates import SetAreaDates
from models.operations.set_up.area_list import AddArea, RemoveArea, RenameArea
from models.operations.set_up.areas import MoveArea, MoveAreas, SetPot
from models.operations.set_up.closing import CloseRound, ReopenRound
from models.operations.set_up.fund_changes import CloseFund, RenameFund, SetFund, SetFundYear
from models.operations.set_up.load import LoadRound, RemoveRound
from models.operations.set_up.marking import SetMarking
from models.operations.set_up.office import AddFund, RemoveFund, SetUpOffice
from models.operations.set_up.office_facts import SetOfficeFacts
from models.operations.set_up.people import GiveRole, SetSigning, TakeRole
from models.operations.set_up.publisher import SetPublisher
from models.operations.set_up.reason_rule import SetReasonRule
from models.operations.set_up.replace import PutRoundBack, ReplaceRound
from models.operations.set_up.rounds import SetUpRound
from models.operations.set_up.scheme import AmendScheme, EditScheme, PublishScheme
from models.operations.set_up.signatories import NameSignatories
from models.operations.set_up.starting import StartRound, TakeBackRound

_KINDS: tuple[type[Operation], ...] = (
    SetUpOffice,
    SetOfficeFacts,
    AddFund,
    RemoveFund,
    SetFund,
    RenameFund,
    CloseFund,
    SetFundYear,
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
    IssuePaper,
    SetPaperTexts,
    SetPublisher,
    SetPot,
    MoveArea,
    MoveAreas,
    CloseRound,
    ReopenRound,
    ChangeBudget,
    MoveMoney,
    TakeBackMove,
    Contribute,
    TakeBackContribution,
    SetSpendingPlan,
    ChangeApplications,
    SetChoices,
    SetGate,
    SetGates,
    CorrectApplication,
    SetWithdrawn,
    KeepApart,
    MergeOrganisations,
    SeparateOrganisations,
    PartOrganisations,
    AddMember,
    EditMember,
    RemoveMember,
    ChangePanel,
    Declare,
    DeclareToSign,
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
    KeepForPanel,
    AgreeMarks,
    SetNotApplicable,
    SetAttendance,
    SetAttendances,
    SetMeetingHeld,
    CloseItem,
    OpenItem,
    ConfirmRecord,
    OpenRecord,
    DecideException,
    DecideTie,
    PutTieBack,
    AllowOverPot,
    TakeBackAllowance,
    GiveRole,
    TakeRole,
    SetSigning,
    NameSignatories,
    SignRecommendations,
    RecordDecisions,
    TakeBackSignature,
    AddChallenge,
    RemoveChallenge,
    SetChallenge,
    AddDirectAward,
    ChangeDirectAward,
    RemoveDirectAward,
    SetInstalments,
    SignAgreement,
    RecordAgreement,
    SetAgreementTemplate,
    SetSubsidy,
    SetWithheldName,
    LoadRegister,
    SetCheck,
    PayInstalment,
    SetProof,
    HoldAward,
    SetReturned,
    RecordPayments,
    SetPaymentLayout,
    VaryAward,
    TakeBackVariation,
    SignVariation,
    WithdrawVariation,
    AskBack,
    TakeBackRequest,
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
    TakeAreaOut,
    BringAreaBack,
    TakeInRounds,
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
