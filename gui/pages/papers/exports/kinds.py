"""The papers that the Exports page offers: in which group, to whom, and what can be chosen about each."""

from collections.abc import Iterable
from dataclasses import dataclass

from exchange.papers.paper_kinds import KINDS, PaperKind, Scope
from models.papers.texts import TEXT_FIELDS
from models.queries.papers.issued_papers import SCHEDULE

OFFICE = frozenset({"officer", "finance"})
CHAIRS = frozenset({SCHEDULE, "panel-book", "minutes"})
"""What the chair is shown beside officers and finance."""

GROUPS = {
    "For finance": (SCHEDULE, "finance"),
    "For the decision": ("notice", "decision-report"),
    "For applicants": ("letters",),
    "For the panel": ("panel-book", "minutes"),
    "For the public": ("publication", "360giving"),
    "For the year": ("tables", "monitoring"),
}
"""The groups in their order; a kind that is in none stands in the last."""

WITH_AREA = frozenset(
    {SCHEDULE, "finance", "notice", "decision-report", "panel-book", "minutes", "letters", "360giving"}
)
CLOSABLE = frozenset({SCHEDULE, "panel-book", "minutes", "letters"})
"""What tells of single applications before the public may read it: closed to whoever stands aside."""

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

_SCHEDULE = PaperKind(
    SCHEDULE,
    "Award schedule",
    "What finance pays from: each line with score, place and amount",
    Scope.ROUND,
    (".xlsx", ".pdf"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of paper on the page; `forms` are its endings, "" alone for a folder."""

    kind: PaperKind
    group: str

    @property
    def code(self) -> str:
        """Return the code that the record knows the kind by."""
        return self.kind.code

    @property
    def words(self) -> str:
        """Return what it is called."""
        return self.kind.words

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the endings that can be written, "" for a folder of letters."""
        return self.kind.endings or ("",)

    @property
    def previews(self) -> tuple[str, ...]:
        """Return the forms that are shown; Word says what the PDF says. A schedule's pages come first."""
        shown = [form or LETTERS for form in self.forms if form != ".docx"]
        return tuple(sorted(shown, key=_is_no_page)) if self.code == SCHEDULE else tuple(shown)

    @property
    def has_area(self) -> bool:
        """Whether it can be of one area alone."""
        return self.code in WITH_AREA

    @property
    def has_fund(self) -> bool:
        """Whether it is of any fund and financial year."""
        return self.kind.scope is Scope.YEARS

    @property
    def has_month(self) -> bool:
        """Whether it is of a month."""
        return self.kind.scope is Scope.MONTH

    @property
    def has_notice(self) -> bool:
        """Whether it is of one notice number."""
        return self.code == "notice"

    @property
    def has_marks(self) -> bool:
        """Whether the marks can be filled in or left out."""
        return self.code == "panel-book"

    @property
    def has_sure(self) -> bool:
        """Whether how sure the list is can stand beside its values."""
        return self.code == SCHEDULE

    @property
    def has_words(self) -> bool:
        """Whether the office writes texts of its own into it."""
        return self.code in TEXT_FIELDS

    @property
    def is_of_round(self) -> bool:
        """Whether it is of the round in the header."""
        return self.kind.scope is Scope.ROUND

    @property
    def is_closable(self) -> bool:
        """Whether it tells of applications that an interest closes."""
        return self.code in CLOSABLE


def offered(role: str) -> tuple[Offered, ...]:
    """Return the papers for a role, group by group."""
    known = {SCHEDULE: _SCHEDULE, **KINDS}
    found = [
        Offered(known[code], group) for group, codes in GROUPS.items() for code in codes if code in known
    ]
    grouped = {each.code for each in found}
    last = list(GROUPS)[-1]
    found += [Offered(kind, last) for code, kind in known.items() if code not in grouped]
    return tuple(_of_role(found, role))


def kind_words(code: str) -> str:
    """Return what a kind of paper is called, whoever looks."""
    return _SCHEDULE.words if code == SCHEDULE else KINDS[code].words if code in KINDS else code


def _of_role(every: Iterable[Offered], role: str) -> Iterable[Offered]:
    return (each for each in every if role in OFFICE or (role == "chair" and each.code in CHAIRS))


def _is_no_page(form: str) -> bool:
    return form != ".pdf"
