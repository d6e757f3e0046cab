"""The report across funds as a paper: one table of all funds, then each fund's areas, money and changes."""

from exchange.papers.document.values import Document
from exchange.papers.prose import prose
from exchange.papers.templates.blocks import filled
from models.papers.governance import GovernanceReport
from models.papers.status import PaperStatus
from scoring.written.days import full_day


def governance_document(report: GovernanceReport, status: PaperStatus) -> Document:
    """Return the report as a paper."""
    under = ("For the grant governance group", full_day(status.dated))
    return prose(report, status, filled("governance", report), under, is_landscape=True)
