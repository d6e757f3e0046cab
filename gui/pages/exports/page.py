"""Exports: the award schedule as it will be written, its issued versions, and issuing the next one."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.export_desk import Writing
from gui.exporting import suggested_name
from gui.pages.exports import words
from gui.pages.exports.asking import Answer, Prepared, ask_exports, prepare
from gui.pages.exports.choices import Choices
from gui.pages.exports.issuing import IssueDesk
from gui.pages.exports.preview import PagePreview
from gui.pages.page import PageTools, Place
from gui.pages.ranking.closed import papers_closed
from gui.room import Room
from gui.runner import Cancelled, Ticket
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_head import PageHead
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.words import ShortWords
from models.record import utc_now
from models.trouble import Trouble
from scoring.refused import Refused

SIDE_WIDTH = 384
TABS = ("Schedule", "Pages")


class ExportsPage(QWidget):
    """The page of one round's award schedule."""

    key = "exports"

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self.setObjectName("page")
        look = tools.look
        self._tools, self._look = tools, look
        self._place: Place | None = None
        self._area: str | None = None
        self._answer: Answer | None = None
        self._prepared: Prepared | None = None
        self._ticket: Ticket | None = None
        self._asked = 0
        self._room = Room(1366, 768)
        self.title = ShortWords(look, "Exports", size=20, weight=600)
        self.summary = ShortWords(look, tone="text2")
        self.issue = Button(look, "Issue a version…", icon="lock")
        self.write = Button(look, "Write Excel and PDF", kind="primary", icon="export")
        self.tabs = PillTabs(look, TABS)
        self.choices = Choices(look)
        self.preview = PagePreview(look, tools.workspace)
        self.empty = EmptyState(look, tools.actions["open"])
        self.empty.button.hide()
        self._writing = Writing(tools.notices, tools.workspace, self)
        self._issuing = IssueDesk(tools, self._writing, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.choices.area)
        self._show_deeds()

    @property
    def prepared(self) -> Prepared | None:
        """Return the schedule on show, None while there is none."""
        return self._prepared

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._place = place
        self._forget()
        if place is None:
            self._show_tab()
            self._say(words.NO_ROUND)
            return
        names = tuple(area.name for area in place.line.areas)
        self._area = place.area if len(names) > 1 else None
        self.choices.offer(names, self._area)
        facts = self._tools.workspace.facts
        if facts is not None and not self.choices.papers.folder.text():
            self.choices.suggest(facts.path.parent)
        self._show_tab()
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Do nothing: a schedule is of a whole area."""

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is None:
            return
        self._asked += 1
        if self._ticket is not None:
            self._ticket.cancel()
        query = ask_exports(self._place.line.round_id, self._area)
        self._tools.workspace.ask(query, partial(self._take, self._asked))

    def fit(self, room: Room) -> None:
        """Fit the room: in tabs when narrow, without a summary when low."""
        self._room = room
        self.summary.setVisible(not room.is_low)
        self._show_tab()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        return (self.choices.area, self.choices.table, self.preview.paper)

    def find_words(self) -> None:
        """Put the focus on the choice of area: there is no filter."""
        self.choices.area.setFocus()

    def _take(self, asked: int, answer: Answer) -> None:
        if asked != self._asked or self._place is None:
            return
        self._answer = answer
        facts = self._tools.workspace.facts
        self.choices.show_issues(answer.issues, is_copy=facts is not None and facts.is_copy)
        closed = papers_closed(answer.round.rows, self._area, self._tools.identity.member)
        if closed:
            self._forget()
            self._say(closed)
            return
        if self._prepared is None:
            self._say(words.DRAWING)
        work = partial(prepare, self._place.line, answer, self._area, utc_now())
        then, failed = partial(self._show_prepared, asked), partial(self._take_failure, asked)
        self._ticket = self._tools.workspace.work(work, then, label="Drawing the pages", failed=failed)

    def _show_prepared(self, asked: int, prepared: Prepared) -> None:
        if asked != self._asked:
            return
        schedule = prepared.schedule
        if not prepared.pages:
            self._forget()
            self._say(words.NOTHING_RANKED)
            return
        self._prepared = prepared
        self.summary.setText(words.summary(schedule))
        self._right.setCurrentWidget(self.preview)
        state, is_draft = words.state_words(schedule), schedule.paper.is_draft
        self.preview.show_pdf(prepared.pdf, prepared.pages, state, is_draft=is_draft)
        self._show_deeds()

    def _take_failure(self, asked: int, error: Exception) -> None:
        """Say in the page's own place why there are no pages."""
        if asked != self._asked:
            return
        self._forget()
        if isinstance(error, Cancelled):
            self._say(words.NO_PAGES)
        elif isinstance(error, Refused | Trouble):
            self._say(str(error))
        else:
            self._say("")
            self._tools.workspace.failed.emit(error)

    def _forget(self) -> None:
        self._prepared = None
        self.preview.clear()
        self.summary.setText("")
        self._show_deeds()

    def _say(self, sentence: str) -> None:
        self.empty.say(sentence)
        self._right.setCurrentWidget(self.empty)

    @Slot()
    def _show_deeds(self) -> None:
        prepared, facts = self._prepared, self._tools.workspace.facts
        name = ""
        if prepared is not None:
            version = prepared.schedule.paper.version
            name = suggested_name(prepared.figures, self._area, version)
        self.choices.papers.show_name(name)
        self.write.show_words(self.choices.papers.deed)
        self.write.setEnabled(prepared is not None)
        is_draft = prepared is not None and prepared.schedule.paper.is_draft
        is_copy = facts is not None and facts.is_copy
        self.issue.setEnabled(is_draft and not is_copy)
        if prepared is not None and not is_draft:
            self.issue.setToolTip(f"{self.preview.state.text()} holds these values already")
        else:
            self.issue.setToolTip(words.COPY if is_copy else "")

    @Slot(object)
    def _choose_area(self, area: str | None) -> None:
        self._area = area
        self._forget()
        self.refresh()

    @Slot()
    def _write(self) -> None:
        if self._prepared is not None and self.choices.papers.is_ready():
            self._issuing.write(self._prepared, self.choices.wanted)

    @Slot()
    def _issue(self) -> None:
        if self._prepared is None or self._answer is None:
            return
        if self.choices.papers.is_ready(needs_papers=False):
            newest = self._answer.issues[0].version if self._answer.issues else 0
            self._issuing.ask(self._prepared, newest + 1, self.choices.wanted.folder)
        else:
            self.tabs.choose(0)

    @Slot()
    def _take_change(self) -> None:
        """Follow every change, since the schedule stands on nearly all of the record; or ask when told to."""
        if self.isVisible():
            self.refresh()

    @Slot()
    def _start_anew(self) -> None:
        """Forget the place of the record that was closed."""
        self._asked += 1
        self._place, self._answer = None, None
        self.choices.papers.folder.clear()
        self._forget()

    @Slot()
    def _show_tab(self) -> None:
        has_tabs = self._room.has_tabs
        self.tabs.setVisible(has_tabs)
        self.choices.setVisible(self._place is not None and (not has_tabs or self.tabs.current == 0))
        self._right.setVisible(not has_tabs or self.tabs.current == 1 or self._place is None)
        width = self._look.px(SIDE_WIDTH)
        self.choices.setMinimumWidth(0 if has_tabs else width)
        self.choices.setMaximumWidth(16777215 if has_tabs else width)

    def _connect(self) -> None:
        self.choices.area_chosen.connect(self._choose_area)
        self.choices.changed.connect(self._show_deeds)
        self.write.clicked.connect(self._write)
        self.issue.clicked.connect(self._issue)
        self.tabs.changed.connect(self._show_tab)
        self._issuing.outdated.connect(self.refresh)
        self._tools.workspace.changed.connect(self._take_change)
        self._tools.actions["refresh"].triggered.connect(self._take_change)
        self._tools.workspace.closed.connect(self._start_anew)
        self._tools.identity_changed.connect(self._take_change)

    def _lay_out(self) -> None:
        look = self._look
        self._column = QVBoxLayout(self)
        self._column.addLayout(PageHead(look, self.title, self.summary, (self.tabs, self.issue, self.write)))
        self._right = QStackedWidget()
        self._right.addWidget(self.preview)
        self._right.addWidget(self.empty)
        self._body = QHBoxLayout()
        self._body.addWidget(self.choices)
        self._body.addWidget(self._right, 1)
        self._column.addLayout(self._body, 1)
        look.changed.connect(self._space)
        self._space()

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(17), px(4), px(17), px(10))
        self._column.setSpacing(px(7))
        self._body.setSpacing(px(13))
        self._body.setContentsMargins(3, 0, 3, 0)
        self._show_tab()
