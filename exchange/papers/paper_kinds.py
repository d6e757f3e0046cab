"""The kinds of paper beside the award schedule: what they are called, what of, and in which forms."""

from dataclasses import dataclass
from enum import Enum


class Scope(Enum):
    """What a paper is made of: a round, a month, or any financial years and funds."""

    ROUND = "round"
    MONTH = "month"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper; `endings` are its forms, the usual one first, none for one that fills a folder."""

    code: str
    words: str
    about: str
    scope: Scope
    endings: tuple[str, ...]

    @property
    def fills_a_folder(self) -> bool:
        """Whether it is written as files in a folder."""
        return not self.endings


_WORD_FORMS = (".pdf", ".docx")

_OFFERED: tuple[PaperKind, ...] = (
    PaperKind(
        "finance",
        "Finance schedule",
        "Every payment by area, code and month: what is paid and due",
        Scope.ROUND,
        (".xlsx",),
    ),
    PaperKind(
        "notice",
        "Notice of decision",
        "What was decided under one notice number, with its annex",
        Scope.ROUND,
        _WORD_FORMS,
    ),
    PaperKind(
        "decision-report",
        "Decision report",
        "The round's decisions for a committee, with implications",
        Scope.ROUND,
        _WORD_FORMS,
    ),
    PaperKind(
        "panel-book",
        "Panel book",
        "Running order, who stands aside, and each application",
        Scope.ROUND,
        _WORD_FORMS,
    ),
    PaperKind(
        "minutes",
        "Moderation record and minutes",
        "Who was there, each mark, what was agreed and why, dissent",
        Scope.ROUND,
        _WORD_FORMS,
    ),
    PaperKind(
        "letters",
        "Letters to applicants",
        "A Word letter to each applicant: offer, reserve or decline",
        Scope.ROUND,
        (),
    ),
    PaperKind(
        "monitoring",
        "Monitoring workbook",
        "Progress, returns and what is overdue, with sheets to fill in",
        Scope.ROUND,
        (".xlsx",),
    ),
    PaperKind(
        "tables",
        "Year tables",
        "Tables 1 to 5 and Appendices 1 and 2 of any fund and year",
        Scope.YEARS,
        (".xlsx", ".pdf"),
    ),
    PaperKind(
        "publication",
        "Publication list",
        "A month's awards with purpose, reasons and conditions",
        Scope.MONTH,
        (".xlsx", ".csv"),
    ),
    PaperKind(
        "360giving",
        "360Giving open data",
        "The round's awards in the 360Giving Data Standard, checked",
        Scope.ROUND,
        (".json", ".xlsx"),
    ),
)

KINDS = {kind.code: kind for kind in _OFFERED}
"""Every kind by its code, in the order in which they are offered."""
