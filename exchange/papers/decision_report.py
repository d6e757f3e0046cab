"""A report on decisions as a committee paper: numbered paragraphs, then risks and implications."""

from msgspec.structs import replace

from exchange.papers.document.values import Document
from exchange.papers.prose import prose
from exchange.papers.templates.blocks import filled
from models.papers.decision_report import DecisionReport
from models.papers.status import PaperStatus
from scoring.written.days import full_day


def decision_report_document(report: DecisionReport, status: PaperStatus) -> Document:
    """Return the report as a paper; a draft reminds of what only a person can write."""
    told = report if status.is_draft else replace(report, reminders=())
    day = report.meeting or full_day(status.dated)
    return prose(report, status, filled("decision_report", told), (report.committee, day))
