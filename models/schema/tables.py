"""Every noun's tables in one list, so that the declared schema is whole once this is imported."""

from models.schema.agreement import AgreedMarkTable, AgreementTable, ChairDecisionTable, NotApplicableTable
from models.schema.application import ApplicationTable
from models.schema.award import AwardTable, InstalmentTable, ReturnTable
from models.schema.bank import BankDetailsTable, BankEndingTable
from models.schema.correction import CorrectionTable, KeptApartTable
from models.schema.decision import DecisionTable, SignatureTable, SignOffTable
from models.schema.finance import FinanceCodesTable, SupplierNumberTable
from models.schema.fund import FinancialYearTable, FundTable
from models.schema.gate import GateResultTable, GateTable
from models.schema.issue import IssueTable
from models.schema.matching import AreaSpellingTable, MatchingTable
from models.schema.meeting import AttendanceTable, ClosedItemTable, ConfirmedRecordTable
from models.schema.monitoring import (
    AgreedOutputTable,
    AwardReturnTable,
    OutputProgressTable,
    ReturnBandTable,
    SupportedNumberTable,
    VisitTable,
)
from models.schema.office import OfficeTable
from models.schema.organisation import OrganisationAliasTable, OrganisationTable
from models.schema.pack import MemberKeyTable, PackTable, PrivateKeyTable, ReturnedTable
from models.schema.panel import InterestTable, MemberAreaTable, MemberTable
from models.schema.paper_issue import PaperIssueTable
from models.schema.paper_text import PaperTextTable
from models.schema.person import PersonTable, RoundRoleTable
from models.schema.printed_figure import PrintedFigureTable, PrintedTableTable
from models.schema.publisher import PublisherTable
from models.schema.recommendation import RecommendationTable
from models.schema.retention import DisposalTable, HoldTable, RetentionTable
from models.schema.revision import RevisionTable
from models.schema.round import AreaTable, ReasonRuleTable, RoundTable
from models.schema.scheme import AmendmentTable, CriterionTable, SchemeTable, SchemeToleranceTable
from models.schema.sheet import MarkTable, SheetTable
from models.schema.year_end import YearDecisionTable, YearLineTable, YearSpentTable

TABLES = (
    OfficeTable,
    PublisherTable,
    FundTable,
    MatchingTable,
    AreaSpellingTable,
    FinancialYearTable,
    RoundTable,
    ReasonRuleTable,
    AreaTable,
    FinanceCodesTable,
    SchemeTable,
    CriterionTable,
    AmendmentTable,
    SchemeToleranceTable,
    OrganisationTable,
    OrganisationAliasTable,
    SupplierNumberTable,
    ApplicationTable,
    CorrectionTable,
    KeptApartTable,
    GateTable,
    GateResultTable,
    PersonTable,
    RoundRoleTable,
    MemberTable,
    MemberAreaTable,
    InterestTable,
    SheetTable,
    MarkTable,
    AgreementTable,
    AgreedMarkTable,
    NotApplicableTable,
    ChairDecisionTable,
    AttendanceTable,
    ClosedItemTable,
    ConfirmedRecordTable,
    RecommendationTable,
    SignatureTable,
    SignOffTable,
    DecisionTable,
    AwardTable,
    InstalmentTable,
    ReturnTable,
    BankEndingTable,
    BankDetailsTable,
    ReturnBandTable,
    AgreedOutputTable,
    AwardReturnTable,
    OutputProgressTable,
    SupportedNumberTable,
    VisitTable,
    IssueTable,
    PaperIssueTable,
    PaperTextTable,
    PrintedTableTable,
    PrintedFigureTable,
    YearLineTable,
    YearSpentTable,
    YearDecisionTable,
    RevisionTable,
    PackTable,
    ReturnedTable,
    MemberKeyTable,
    PrivateKeyTable,
    RetentionTable,
    HoldTable,
    DisposalTable,
)
"""In the order in which rows can be put in."""
