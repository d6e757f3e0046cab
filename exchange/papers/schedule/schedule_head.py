"""The head of each printed page of an award schedule's workbook."""

from exchange.xlsx.xlsx_sheets import SheetHead
from models.papers.status import PaperStatus
from scoring.schedule.values import AwardSchedule


def sheet_head(schedule: AwardSchedule, status: PaperStatus) -> SheetHead:
    """Return title, marking and version of a schedule."""
    area = schedule.letterhead.area_label
    return SheetHead(schedule.title, schedule.marking, status.words, area, status.logo)
