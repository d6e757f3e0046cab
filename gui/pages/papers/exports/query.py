"""What the Papers page offers and shows, asked in the record's queue, and how a paper is called."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gui.papers.source import PaperSource, View, paper_source, signs_of, view_of
from gui.record.clock import current_day
from gui.record.runner import Ticket
from gui.text import ours
from models.clock import utc_now
from models.papers.issued import Issued
from models.papers.kinds import KINDS, OPEN_DATA, SCHEDULE, PaperKind, Scope, in_its_form
from models.papers.letters.letters import LetterFiles
from models.papers.order import PaperOrder, PaperValue
from models.papers.texts import TEXT_FIELDS, PaperTexts
from models.papers.to_sign import ToSign
from models.papers.year.summed_tables import ALL_FUNDS
from models.permissions.viewing import Viewer
from models.queries.awards.agreements import agreement_orders
from models.queries.awards.awards import payment_layouts
from models.queries.deciding.decided_anew import as_decided
from models.queries.papers.issues import issued_papers
from models.queries.papers.notices.lines import notice_texts
from models.queries.papers.paper_texts import paper_texts
from models.queries.papers.papers import PaperChoices, paper_choices, paper_value
from models.queries.papers.to_check.otherwise import changed_words, otherwise_words, says_otherwise
from models.queries.papers.to_sign import to_sign
from models.queries.papers.year_tables import year_tables
from models.queries.permissions.acting import papers_of
from models.queries.permissions.reading import area_to_read, paper_refusal, seen_round
from models.role import SIGNING
from models.values.rounds import RoundLine
from scoring.money import without_noughts
from scoring.schedule.values import AwardSchedule
from scoring.written.days import full_month
from scoring.written.names import file_name
from scoring.written.text import Refused

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
NOTHING_OF_YOURS = "Nothing waits for your signature there. Decisions says whom each line waits for."
NOTHING_RANKED = "Nothing is ranked yet. The schedule is shown here as soon as an application has a place."
NEEDS_PUBLISHER = (
    "Open data names its publisher. Enter the prefix that 360Giving gave the office, and its identifier "
    "as a funder; you are asked only once."
)
ALL_ROUNDS = "All rounds"


def offered(role: str, *, is_direct: bool = False) -> tuple[PaperKind, ...]:
    """Return the papers for a role, group by group; without the panel's where nobody competes.

    The return to the Ministry is submitted on Monitoring; what is to be signed stands here for who signs.
    """
    theirs = papers_of(role)
    return tuple(
        kind
        for code, kind in KINDS.items()
        if (kind.is_on_exports or role in SIGNING)
        and (theirs is None or code in theirs)
        and not (is_direct and kind.needs_panel)
    )


def forms_of(paper: PaperKind) -> tuple[str, ...]:
    """Return the endings that can be written, "" for a folder of letters."""
    return paper.endings or ("",)


def previews_of(paper: PaperKind) -> tuple[str, ...]:
    """Return the forms that are shown: Word says what the PDF says, CSV and JSON what the workbook does.

    A schedule's pages come first.
    """
    shown = [form or LETTERS for form in forms_of(paper) if form in ("", ".pdf", ".xlsx")]
    return tuple(sorted(shown, key=lambda form: form != ".pdf")) if paper.code == SCHEDULE else tuple(shown)


def form_shown(paper: PaperKind, part: str) -> str:
    """Return the form of which a part of the page shows the pages: its first where the part is none."""
    previews = previews_of(paper)
    return part if part in previews else previews[0]


def has_words(paper: PaperKind) -> bool:
    """Whether the office writes texts of its own into a paper."""
    return paper.code in TEXT_FIELDS


class Chosen(Struct, frozen=True):
    """What is asked of a paper; None and "" leave it open. A fund or a year of None means all of them.

    The `confidential_part` of a notice is printed separately. A `period` takes the place of a month.
    """

    paper: PaperKind
    area: str | None = None
    notice: str = ""
    month: date | None = None
    fund: str | None = None
    year: str | None = None
    with_marks: bool = False
    with_sure: bool = False
    award: str = ""
    layout: str = ""
    confidential_part: bool = False
    is_of_all: bool = False
    period: str = ""
    names_declined: bool = False
    names_panel: bool = False
    with_undecided: bool = False
    purposes_read: bool = False
    with_mails: bool = False
    with_pdfs: bool = False

    @property
    def asked(self) -> "Chosen":
        """Return the same without what was chosen of another paper and this one does not have."""
        plain = Chosen(self.paper)
        return replace(
            self, **{name: getattr(plain, name) for name in CHOICES if name not in self.paper.choices}
        )

    @property
    def is_of_round(self) -> bool:
        """Whether it is of the round on show, and not of every round or of none."""
        return self.paper.is_of_round and not self.asked.is_of_all

    @property
    def of_areas(self) -> tuple[str, ...]:
        """Return the areas that it is of, () for all."""
        return () if self.area is None else (self.area,)


_, *CHOICES = Chosen.__struct_fields__
"""What can be chosen, each of some papers, by its name."""
ORDERED = sorted(set(CHOICES) & set(PaperOrder.__struct_fields__) - {"area"})


class Refusal(NamedTuple):
    """Why there is no paper; it `needs_publisher` when the office is to say who publishes."""

    words: str
    needs_publisher: bool = False


class Answer(NamedTuple):
    """What the record says; `chosen` has what was left open filled in.

    `otherwise` says which issued papers say otherwise of awards than the record does, "" for none.
    """

    chosen: Chosen
    choices: PaperChoices
    funds: tuple[str, ...]
    years: tuple[str, ...]
    issued: tuple[Issued, ...]
    newest: int
    texts: PaperTexts
    found: PaperSource | Refusal
    layouts: tuple[str, ...] = ()
    otherwise: str = ""


def text_subject(chosen: Chosen) -> str:
    """Return what the office's own texts of a paper are kept under: a notice's number, else its one area."""
    if "notice" not in chosen.paper.choices:
        return ""
    return chosen.notice or (chosen.area or "")


def exports_answer(session: Any, chosen: Chosen, line: RoundLine, viewer: Viewer) -> Answer:
    """Return one paper, the choices there are, and all that was issued."""
    of_areas = chosen.of_areas if "notice" in chosen.paper.choices else ()
    choices = paper_choices(session, line.round_id, of_areas, today=current_day())
    funds, years = _funds_and_years(session) if chosen.paper.scope is Scope.YEARS else ((), ())
    chosen = _filled_in(chosen, choices, funds, years)
    if chosen.is_of_round and chosen.area is None:
        marks = _has_marks(chosen)
        area = area_to_read(session, chosen.paper, line.round_id, viewer, with_marks=marks)
        chosen = replace(chosen, area=area)
    issued = issued_papers(session, line.round_id)
    order = _order(chosen, line.round_id)
    it = (chosen.paper.code, order.subject, order.round_id)
    own = [of for of in issued if (of.kind, of.subject, of.round_id) == it]
    texts = PaperTexts()
    if has_words(chosen.paper):
        texts = _texts(session, chosen, line)
    every = payment_layouts(session) if "layout" in chosen.paper.choices else ()
    layouts = {one.name: one for one in every if not one.has_accounts}  # with them, on Awards & payments
    chosen = replace(chosen, layout=chosen.layout if chosen.layout in layouts else "")
    found = _found(session, chosen, line, viewer, choices)
    if isinstance(found, PaperSource):
        found = replace(found, layout=layouts.get(chosen.layout))
    newest = own[0].version if own else 0
    changed = changed_words(session, line.round_id)
    told = " ".join(filter(None, (otherwise_words(says_otherwise(session, line.round_id)), changed)))
    return Answer(chosen, choices, funds, years, issued, newest, texts, found, tuple(layouts), told)


def _texts(session: Any, chosen: Chosen, line: RoundLine) -> PaperTexts:
    """Return what the office wrote into a paper; a notice begins with what its draft had."""
    if "notice" in chosen.paper.choices:
        return notice_texts(session, line.round_id, chosen.notice, chosen.of_areas)
    return paper_texts(session, line.round_id, chosen.paper.code, text_subject(chosen))


def _found(
    session: Any, chosen: Chosen, line: RoundLine, viewer: Viewer, choices: PaperChoices
) -> PaperSource | Refusal:
    order = _order(chosen, line.round_id)
    ask: Callable[[Any, PaperOrder], PaperValue] = paper_value
    if chosen.paper.is_before_signing:
        order = replace(order, closed=tuple(sorted(seen_round(session, line.round_id, viewer).sight.unseen)))
        ask = partial(_own_to_sign, viewer=viewer)
    closed = _closed(session, chosen, order.round_id, viewer)
    if closed:
        return Refusal(closed)
    if chosen.paper.code == OPEN_DATA and not choices.publisher.prefix:
        return Refusal(NEEDS_PUBLISHER, needs_publisher=True)
    try:
        source = paper_source(session, order, ask)
    except Refused as no:
        return Refusal(str(no))
    if isinstance(source.value, AwardSchedule) and not source.value.lines:
        return Refusal(NOTHING_RANKED)
    rows = as_decided(session, line.round_id) if chosen.asked.with_sure else None
    beside = LetterFiles(chosen.with_mails, chosen.with_pdfs)
    return replace(source, rows=rows, files=beside if chosen.paper.fills_a_folder else None)


def _own_to_sign(session: Any, order: PaperOrder, viewer: Viewer) -> ToSign:
    """Return what waits for the signature of who reads, all that waits for one where they do not sign."""
    signs = signs_of(session, order.of_round, viewer)
    if signs is None:
        return in_its_form(partial(to_sign, session, order))
    try:
        return in_its_form(partial(to_sign, session, order, signs=signs))
    except Refused as no:
        raise Refused(NOTHING_OF_YOURS) from no


def every_source(session: Any, chosen: Chosen, line: RoundLine, viewer: Viewer) -> tuple[PaperSource, ...]:
    """Return a paper of each award of a round; raises Refused where there is none to see."""
    closed = _closed(session, replace(chosen, area=None), line.round_id, viewer)
    if closed:
        raise Refused(closed)
    orders = agreement_orders(session, _order(replace(chosen, award=""), line.round_id))
    return tuple(paper_source(session, order) for order in orders)


def _closed(session: Any, chosen: Chosen, round_id: int | None, viewer: Viewer) -> str:
    """Say why a paper stays closed to a person: an interest, or marks of others before handing in."""
    areas, marks = chosen.of_areas, _has_marks(chosen)
    return paper_refusal(session, chosen.paper, round_id, areas, viewer, with_marks=marks)


def _has_marks(chosen: Chosen) -> bool:
    """Whether it is chosen that members' marks are shown, or how sure a list is by them."""
    return chosen.with_marks or chosen.asked.with_sure


def _filled_in(
    chosen: Chosen, choices: PaperChoices, funds: tuple[str, ...], years: tuple[str, ...]
) -> Chosen:
    """Fill in what was left open: the newest notice and month; what is not there any more is let go."""
    paper, notice, month = chosen.paper, chosen.notice, chosen.month
    if "notice" in paper.choices and notice not in filter(
        None, (*choices.notices, *choices.begun, choices.draft)
    ):
        notice = choices.notices[-1] if choices.notices else ""
    if paper.scope is Scope.MONTH and month not in choices.months:
        month = choices.months[0] if choices.months else current_day().replace(day=1)
    fund = chosen.fund if chosen.fund in funds else None
    year = chosen.year if chosen.year in years else None
    award = chosen.award
    if "award" in paper.choices and award not in choices.awards:
        award = choices.awards[0] if choices.awards and paper.is_of_one_award else ""
    return replace(chosen, notice=notice, month=month, fund=fund, year=year, award=award)


def _order(chosen: Chosen, round_id: int) -> PaperOrder:
    asked = chosen.asked
    return PaperOrder(
        asked.paper.code,
        utc_now(),
        round_id=round_id if asked.is_of_round else None,
        area=None if asked.is_of_all else asked.area,
        **{name: getattr(asked, name) for name in ORDERED},
    )


def _funds_and_years(session: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the funds and years that have tables."""
    try:
        tables = year_tables(session, PaperOrder("tables", utc_now())).tables
    except Refused:
        return (), ()
    funds = dict.fromkeys(table.fund for table in tables if table.fund != ALL_FUNDS)
    years = {table.year for table in tables if table.year}
    return tuple(funds), tuple(sorted(years, reverse=True))


def title_of(chosen: Chosen, line: RoundLine) -> str:
    """Return what a paper is of: "Active Citizens Fund Round 2 2026/27, all areas"."""
    if chosen.paper.is_of_round and not chosen.is_of_round:
        return ALL_ROUNDS
    if not chosen.paper.is_of_round:
        parts = [_month(chosen), *_years(chosen)]
        return ", ".join(filter(None, parts)) or "All funds and years"
    whole = chosen.area or ours("all areas") if "area" in chosen.paper.choices else ""
    named = " ".join(line.names)
    return ", ".join(part for part in (named, whole, *_rest(chosen)) if part)


def suggested_file(chosen: Chosen, line: RoundLine, version: int | None) -> str:
    """Return the name of a paper's file without an ending."""
    paper, issued = chosen.paper, "" if version is None else f"v{version}"
    what = paper.words[:1].lower() + paper.words[1:] if paper.code != OPEN_DATA else paper.words
    if chosen.is_of_round:
        area = chosen.area or "" if "area" in paper.choices else ""
        parts = [*line.names, area, what]
    else:
        every = ALL_ROUNDS.lower() if paper.is_of_round else ""
        parts = [paper.words, every, *_years(chosen), _month(chosen)]
    return file_name(*parts, *_rest(chosen), issued)


def _rest(chosen: Chosen) -> tuple[str, ...]:
    """Return a notice, an award, that marks are filled in, and a part, where the paper has such."""
    asked = chosen.asked
    marks = "with marks" if asked.with_marks else ""
    part = "confidential part" if asked.confidential_part else ""
    names = "named" if asked.names_declined or asked.names_panel else ""
    return asked.notice, asked.award, marks, part, names


def _years(chosen: Chosen) -> tuple[str, ...]:
    return chosen.asked.fund or "", chosen.asked.year or ""


def _month(chosen: Chosen) -> str:
    asked = chosen.asked
    return asked.period or (full_month(asked.month) if asked.month is not None else "")


class Ready(Struct, frozen=True):
    """A paper that can be written: what it is in words, what it comes to, and how it looks.

    `not_shown` says what of its values its pages leave out.
    """

    paper: PaperKind
    title: str
    control: str
    source: PaperSource
    view: View
    not_shown: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether it was not issued with these values."""
        return self.source.version is None

    @property
    def to_check(self) -> tuple[str, ...]:
        """Return what is to be looked at before it goes out, a sentence or two each."""
        return (*self.source.to_check, *self.not_shown)


def make_ready(
    chosen: Chosen, line: RoundLine, found: PaperSource, form: str, at: datetime, ticket: Ticket
) -> Ready:
    """Write the form that is looked at and read it back; the file libraries are loaded there."""
    from exchange.papers.non_text import not_shown_words

    source = found.at(at).worked_out(ticket.tick)
    control = without_noughts(source.value.control)
    left_out = not_shown_words(chosen.paper.code, source.value, source.files)
    return Ready(
        chosen.paper, title_of(chosen, line), control, source, view_of(source, form, ticket), left_out
    )
