"""Papers whose words stand in a template alone: the call, and two reports."""

from msgspec.structs import replace

from exchange.papers.document.values import Document
from exchange.papers.paper_writing import prose
from exchange.papers.templates.blocks import filled
from models.papers.call import CallForApplications
from models.papers.decision_report import DecisionReport
from models.papers.governance import GovernanceReport
from models.papers.status import PaperStatus
from scoring.written.days import full_day
from scoring.written.names import round_names


def call_document(call: CallForApplications, status: PaperStatus) -> Document:
    """Return the call as a paper."""
    return prose(call, status, filled("call", call), round_names(call.fund, call.round, call.year))


def decision_report_document(report: DecisionReport, status: PaperStatus) -> Document:
    """Return the report as a paper; a draft reminds of what only a person can write."""
    told = report if status.is_draft else replace(report, reminders=())
    day = report.meeting or full_day(status.dated)
    return prose(report, status, filled("decision_report", told), (report.committee, day))


def governance_document(report: GovernanceReport, status: PaperStatus) -> Document:
    """Return the report as a paper."""
    under = ("For the grant governance group", full_day(status.dated))
    return prose(report, status, filled("governance", report), under, is_landscape=True)
