"""The head of each printed page of an award schedule's workbook."""

from exchange.papers.schedule.schedule_words import status_words
from exchange.xlsx.xlsx_sheets import SheetHead
from scoring.schedule.values import AwardSchedule


def sheet_head(schedule: AwardSchedule) -> SheetHead:
    """Return title, marking and version of a schedule."""
    return SheetHead(schedule.title, schedule.marking, status_words(schedule.paper))
