"""Papers: every paper as it will be written, what was issued of it, and issuing the next version."""

from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.dialogs.files import Kind
from gui.listed.acts import Doing
from gui.listed.paper_forms import publisher_form
from gui.pages.page import START_ROUND, Breakpoints, PageTools, Place
from gui.pages.papers.exports.choices import FOLDER, ISSUED, PAPERS, Choices
from gui.pages.papers.exports.history import History
from gui.pages.papers.exports.issuing import (
    COPY,
    FILES,
    NO_PAGES,
    Job,
    check_file,
    every_award,
    is_asked_for,
    issue,
    own_words,
    state_words,
    write,
)
from gui.pages.papers.exports.preview import LettersPreview, SheetsPreview
from gui.pages.papers.exports.query import (
    FORMS,
    Answer,
    Chosen,
    Ready,
    Refusal,
    exports_answer,
    form_shown,
    make_ready,
    offered,
    previews_of,
)
from gui.pages.sided_page import SidedPage
from gui.papers.payment_layouts import lay_out_payments
from gui.papers.preview_pane import PagePreview
from gui.papers.source import DRAWING, LettersView, PagesView
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import take_turns
from gui.text import sentence
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from gui.widgets.nesting import Stack, column_of
from gui.widgets.pill import OfferedTabs
from gui.widgets.tips import let_press
from models.clock import utc_now
from models.papers.kinds import PaperKind
from models.trouble import Trouble
from models.values.rounds import stages_at
from scoring.written.text import Refused


class Views(Stack):
    """One of: pages, tables, letters, a sentence, or the issued versions."""

    def __init__(self, tools: PageTools, action: QAction) -> None:
        super().__init__("Preview")
        self.pages = tools.parts.take(PagePreview, tools)
        self.sheets = tools.parts.take(SheetsPreview)
        self.letters = tools.parts.take(LettersPreview, tools)
        self.history = tools.parts.take(History)
        self.empty = EmptyState(action, action.text(), icon="export")
        self._paper: QWidget = self.empty
        for view in (self.pages, self.sheets, self.letters, self.history, self.empty):
            self.addWidget(view)

    @property
    def pane(self) -> QWidget:
        """Return what takes the focus of the part on show."""
        panes: dict[QWidget | None, QWidget] = {
            self.pages: self.pages.paper,
            self.sheets: self.sheets.table,
            self.letters: self.letters.table,
            self.history: self.history.table,
        }
        return panes.get(self.currentWidget(), self)

    def show_ready(self, ready: Ready, folder: Path) -> None:
        """Show a paper; `folder` is where letters would be written."""
        view, status, is_draft = ready.view, ready.source.status, ready.is_draft
        state = state_words(status.version, is_signed=status.signed_on is not None)
        if isinstance(view, PagesView):
            self._put(self.pages)  # first: a page is drawn as wide as there is room
            self.pages.show_pdf(view.pdf, view.pages, state, is_draft=is_draft)
        elif isinstance(view, LettersView):
            self.letters.show_letters(view, folder, f"{ready.control}.", state, is_draft=is_draft)
            self._put(self.letters)
        else:
            self.sheets.show_sheets(view, state, is_draft=is_draft)
            self._put(self.sheets)

    def say(self, sentence: str, *, needs_publisher: bool = False) -> None:
        """Say why there is no paper, with the way to name who publishes it where that is what it needs."""
        self.empty.button.setVisible(needs_publisher)
        self.empty.say(sentence)
        self._put(self.empty)

    def clear(self) -> None:
        """Let go of the paper on show."""
        for view in (self.pages, self.sheets, self.letters):
            view.clear()

    def show_history(self, *, is_on: bool) -> None:
        """Show the issued versions, or the paper again."""
        self.setCurrentWidget(self.history if is_on else self._paper)

    def _put(self, view: QWidget) -> None:
        is_history = self.currentWidget() is self.history
        self._paper = view
        if not is_history:
            self.setCurrentWidget(view)


NO_PAPER = "There is no paper to write yet: what stands in its place says why."
SIDE_WIDTH, NARROW_SIDE = 404, 360
ROOMY = 1240


class ExportsPage(SidedPage):
    """The page of a round's papers: they stand at the left, the one on show with its choices at the right."""

    key = "exports"
    parts_ahead = (Choices, SheetsPreview, History)
    parts_of_tools = (PagePreview, LettersPreview)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Papers", icon="export", way_on=START_ROUND)
        self.issue = Button("Issue a version…", icon="lock")
        self.write = Button("Write", kind="primary", icon="export")
        self.publisher_action = QAction("Say who publishes…", self)
        self.parts = OfferedTabs()
        self.choices = tools.parts.take(Choices)
        self.views = Views(tools, self.publisher_action)
        self._chosen: Chosen | None = None
        self._answer: Answer | None = None
        self.ready: Ready | None = None
        """The paper on show, None while there is none."""
        self._ticket: Ticket | None = None
        self._is_offered = True
        self._drawn = ""
        self._doing = Doing(tools, self)
        self._lay_out()
        self._connect()
        self._show_actions()
        self.setFocusProxy(self.choices.list)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: in parts when narrow."""
        self.choices.fit(is_low=room.is_low)
        self.views.sheets.tabs.fit(is_low=room.is_low)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.choices.list, self.choices.papers.change, self.views.pane)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._place = place
        self._forget()
        if place is None:
            self._show_parts()
            self.empty.button.setVisible(self._tools.identity.may("start round"))
            self._show_empty(self._tools.no_round)
            return
        self._show_list()
        names = tuple(area.name for area in place.line.areas)
        self.choices.options.areas = names
        facts = self._tools.workspace.facts
        if facts is not None and self.choices.papers.folder is None:
            self.choices.papers.take(self._tools.dialogs.files.folder(Kind.PAPERS, facts.folder))
        area = place.area if len(names) > 1 else None
        papers = self._offer_papers()
        if papers:
            held = self._chosen.paper if self._chosen is not None else papers[0]
            self._choose(Chosen(held if held in papers else papers[0], area))

    def show_reference(self, reference: str) -> None:
        """Show a kind of paper by its code, of the award named after it, and nothing else."""
        code, _, award = reference.partition(" ")
        if code in self.choices.list.codes:
            self.choices.list.choose(code)
            if award and self._chosen is not None:
                self._choose(replace(self._chosen, award=award))

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if not self._is_offered and self._place is not None:
            self.show_place(self._place)
            return
        if self._place is None or self._chosen is None:
            return
        self._cancel_preview()
        line, viewer = self._place.line, self._tools.identity.viewer
        query = partial(exports_answer, chosen=self._chosen, line=line, viewer=viewer)
        self._tools.ask(query, self._take, failed=self._take_failure)

    def _cancel_preview(self) -> None:
        """Drop what is asked and stop what is being drawn."""
        self._tools.questions.forget(self._take)
        self._tools.questions.forget(self._show_ready)
        if self._ticket is not None:
            self._ticket.cancel()

    @property
    def _is_direct(self) -> bool:
        return self._place is not None and self._place.line.is_direct

    def _offer_papers(self) -> tuple[PaperKind, ...]:
        self._is_offered = True
        stages = set() if self._place is None else set(stages_at(self._place))
        every = offered(self._tools.identity.role, is_direct=self._is_direct)
        now = tuple(paper for paper in every if stages & set(paper.called_at))
        papers = (*now, *(paper for paper in every if paper not in now))
        code = self._chosen.paper.code if self._chosen is not None else ""
        known = [paper.code for paper in papers]
        wanted = code if code in known else "".join(known[:1])
        self.choices.list.offer(papers, wanted, frozenset(paper.code for paper in now))
        return papers

    @Slot(object)
    def _choose(self, chosen: Chosen) -> None:
        """Show a paper, or the one on show with something else chosen about it."""
        self._chosen, self._answer = chosen, None
        self._forget()
        self.choices.show_paper(chosen)
        self._show_parts()
        self.refresh()

    @Slot(object)
    def _choose_paper(self, code: str) -> None:
        papers = offered(self._tools.identity.role, is_direct=self._is_direct)
        paper = next((paper for paper in papers if paper.code == code), None)
        if paper is not None and self._chosen is not None and paper != self._chosen.paper:
            self._choose(replace(self._chosen, paper=paper))

    def _take(self, answer: Answer) -> None:
        if self._place is None:
            return
        self._answer, self._chosen = answer, answer.chosen
        facts = self._tools.workspace.facts
        self.choices.show_answer(answer, is_copy=facts is not None and facts.is_copy)
        self.views.history.show_issued(answer.issued)
        if isinstance(answer.found, Refusal):
            self._forget()
            self.views.say(answer.found.words, needs_publisher=answer.found.needs_publisher)
            return
        if self.ready is None:
            self.views.say(DRAWING)
        form = form_shown(answer.chosen.paper, self.parts.current)
        work = partial(make_ready, answer.chosen, self._place.line, answer.found, form, utc_now())
        self._ticket = self._tools.questions.work(
            work, partial(self._show_ready, form), label="Drawing the pages", failed=self._take_failure
        )

    def _show_ready(self, form: str, ready: Ready) -> None:
        if self._answer is None:
            return
        self.ready, self._drawn = ready, form
        self.choices.tell(ready.to_check)
        self.summary.setText(f"{sentence(ready.control)} {ready.title}.")  # the title gives way first
        job = self._job()
        self.views.show_ready(
            ready, self.choices.papers.path if job is None else job.path(ready.source.version)
        )
        self._show_actions()

    def _take_failure(self, error: Exception) -> None:
        """Say in the page's own place why there is no paper."""
        self._forget()
        if isinstance(error, Cancelled):
            key = self._tools.actions.keys.key_of("refresh")
            how = f"Press {key}" if key else "Choose “Work it out again” in the menu"
            self.views.say(NO_PAGES.format(how))
        elif isinstance(error, Refused | Trouble):
            self.views.say(str(error))
        else:
            self.views.say("")
            self._tools.workspace.failed.emit(error)

    def _forget(self) -> None:
        self.ready, self._drawn = None, ""
        self.views.clear()
        self.summary.setText("")
        self._show_actions()

    @Slot()
    def _show_actions(self) -> None:
        ready, facts = self.ready, self._tools.workspace.facts
        self._show_write()
        is_copy = facts is not None and facts.is_copy
        area = self._chosen.area if self._chosen is not None else None
        refusal = self._tools.identity.refusal("issue paper", area=area or "")
        can_issue = ready is not None and ready.is_draft and not is_copy and not refusal
        comes_next = ready is not None and can_issue and is_asked_for(ready.paper, ready.source.value)
        self.issue.show_kind("primary" if comes_next else "plain")
        self.write.show_kind("plain" if comes_next else "primary")
        held = f"{state_words(ready.source.version)} holds these values already" if ready else NO_PAPER
        has_round = self._place is not None
        self.issue.setVisible(has_round and not refusal)
        self.write.setVisible(has_round)
        let_press(self.issue, "" if can_issue else COPY if is_copy else held)

    def _job(self) -> Job | None:
        if self.ready is None or self._chosen is None or self._place is None:
            return None
        papers = self.choices.papers
        return Job(self.ready, self._chosen, self._place.line, papers.path, papers.forms)

    def _ready_job(self) -> Job | None:
        """Return what is to be written, None where something about it is missing, which is shown."""
        job = self._job()
        if job is None or self.choices.papers.is_ready():
            return job
        self.parts.choose(PAPERS)
        return None

    @Slot()
    def _write(self) -> None:
        job = self._ready_job()
        if job is not None:
            write(self._tools, job)

    @Slot()
    def _issue(self) -> None:
        job = self._ready_job()
        if job is not None and self._answer is not None:
            version = self._answer.newest + 1
            take_turns(self._tools.workspace, issue(self._tools, job, version, self.refresh))

    def _show_write(self) -> None:
        """Say on the button what is written, in one word where there is little room."""
        action, ready = self.choices.papers.action, self.ready
        if ready is not None and ready.is_draft:
            action = action.replace("Write ", "Write draft ", 1)
        self.write.show_words("Write" if self._room.has_tabs else action, name=action)
        let_press(self.write, "" if ready is not None else NO_PAPER, action if self._room.has_tabs else "")

    def _show_parts(self) -> None:
        """Offer the forms of a paper and what was issued; in a narrow window the list of papers, too."""
        chosen = None if self._place is None else self._chosen
        has_tabs, is_there = self._room.has_tabs, chosen is not None
        previews = previews_of(chosen.paper) if chosen is not None else ()
        first = [(PAPERS, "Papers")] if has_tabs else []
        every = [*first, *((form, FORMS[form]) for form in previews), (ISSUED, "Issued")]
        self.parts.offer(every if is_there else [], previews[0] if previews else "")
        self.parts.setVisible(is_there)
        part = self.parts.current
        self.choices.setVisible(not has_tabs or part == PAPERS)
        self._right.setVisible(not has_tabs or part != PAPERS)
        self._place_what(is_under=has_tabs)
        self.views.show_history(is_on=part == ISSUED)
        self.issue.show_words("Issue…" if has_tabs else "Issue a version…", name="Issue a version…")
        self._show_write()
        width = SIDE_WIDTH if self._room.width >= ROOMY else NARROW_SIDE
        self._stand_beside(self.choices, width, is_alone=has_tabs)

    def _fit(self) -> None:
        self._show_parts()

    def _place_what(self, *, is_under: bool) -> None:
        """Stand what can be chosen under the list of papers, or over the paper itself."""
        if is_under and self._beside.indexOf(self.choices.what) >= 0:
            self.choices.take_what()
        elif not is_under and self._beside.indexOf(self.choices.what) < 0:
            self._beside.insertWidget(0, self.choices.what)

    def _lay_out(self) -> None:
        self._right = QWidget()
        self._beside = column_of((self.views, 1), spacing=8, inside=self._right)
        self._lay_out_page((self.parts, self.issue, self.write), (self.choices, self._right), wide=1)

    @Slot(str)
    def _ask(self, name: str) -> None:
        """Ask what a button of the choices is for, of the paper on show."""
        answer, place = self._answer, self._place
        if name == "layouts" and place is not None:
            self._doing.do(lay_out_payments(place.line.round_id))
        elif answer is None or place is None:
            return
        elif name == "words":
            self._doing.do(own_words(answer, place.line))
        elif name == "publisher":
            self._doing.do(publisher_form(answer.choices.publisher))
        elif name == "every" and self.choices.papers.is_ready():
            folder = self.choices.papers.path
            self._doing.do(every_award(self._tools, answer.chosen, place.line, folder, self.refresh))

    @Slot()
    def _ask_place(self) -> None:
        folder = self._tools.dialogs.files.choose_folder(Kind.PAPERS, FOLDER)
        if folder is not None:
            self.choices.papers.take(folder)

    @Slot()
    def _ask_check(self) -> None:
        facts, files = self._tools.workspace.facts, self._tools.dialogs.files
        near = facts.folder if facts is not None else None
        path = files.open(Kind.PAPERS, "Check a file", FILES, near) if self._place is not None else None
        if path is not None:
            take_turns(self._tools.workspace, check_file(self._tools, path))

    @Slot()
    def _take_identity(self) -> None:
        """Let go of what one person saw, and draw what another may see once the page is seen."""
        if self._place is None:
            return
        self._cancel_preview()
        self._forget()
        self._is_offered = False
        self._ask_if_seen()

    @Slot()
    def _start_anew(self) -> None:
        """Forget the place of the record that was closed."""
        self._cancel_preview()
        self._place, self._answer, self._chosen = None, None, None
        self.choices.papers.folder = None
        self._forget()

    @Slot()
    def _take_part(self) -> None:
        """Show another part; another form of the paper is written and read back first."""
        self._show_parts()
        part = self.parts.current
        if self._chosen is not None and part in previews_of(self._chosen.paper) and part != self._drawn:
            self.views.say(DRAWING)
            self.refresh()

    def _connect(self) -> None:
        self.choices.list.chosen.connect(self._choose_paper)
        options = self.choices.options
        options.changed.connect(self._choose)
        options.asked.connect(self._ask)
        self.choices.papers.changed.connect(self._show_actions)
        self.choices.papers.change.clicked.connect(self._ask_place)
        self.write.clicked.connect(self._write)
        self.views.history.check.clicked.connect(self._ask_check)
        self.issue.clicked.connect(self._issue)
        self.parts.changed.connect(self._take_part)
        self.way_on.triggered.connect(self._tools.actions["start_round"].trigger)
        self.publisher_action.triggered.connect(partial(self._ask, "publisher"))
        self._tools.actions["refresh"].triggered.connect(self._ask_if_seen)
        self._tools.workspace.closed.connect(self._start_anew)
        self._tools.identity_changed.connect(self._take_identity)
