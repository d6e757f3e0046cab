"""The papers that the Papers page offers: to whom, and how their forms are called and shown."""

from models.papers.kinds import KINDS, SCHEDULE
from models.papers.paper_kind import PaperKind
from models.papers.texts import TEXT_FIELDS
from models.queries.permissions.acting import papers_of

LETTERS = "letters"
"""Stands for the one form of letters, which have no ending."""

FORMS = {
    ".pdf": "PDF",
    ".xlsx": "Excel",
    ".docx": "Word",
    ".csv": "CSV",
    ".json": "JSON",
    LETTERS: "Letters",
}
"""What each form is called."""


def offered(role: str, *, is_direct: bool = False) -> tuple[PaperKind, ...]:
    """Return the papers for a role, group by group; without the panel's where nobody competes.

    The return to the Ministry is submitted on Monitoring.
    """
    theirs = papers_of(role)
    return tuple(
        kind
        for code, kind in KINDS.items()
        if kind.is_on_exports and (theirs is None or code in theirs) and not (is_direct and kind.needs_panel)
    )


def forms_of(paper: PaperKind) -> tuple[str, ...]:
    """Return the endings that can be written, "" for a folder of letters."""
    return paper.endings or ("",)


def previews_of(paper: PaperKind) -> tuple[str, ...]:
    """Return the forms that are shown; Word says what the PDF says. A schedule's pages come first."""
    shown = [form or LETTERS for form in forms_of(paper) if form != ".docx"]
    return tuple(sorted(shown, key=_is_no_page)) if paper.code == SCHEDULE else tuple(shown)


def form_shown(paper: PaperKind, part: str) -> str:
    """Return the form of which a part of the page shows the pages: its first where the part is none."""
    previews = previews_of(paper)
    return part if part in previews else previews[0]


def has_words(paper: PaperKind) -> bool:
    """Whether the office writes texts of its own into a paper."""
    return paper.code in TEXT_FIELDS


def _is_no_page(form: str) -> bool:
    return form != ".pdf"
