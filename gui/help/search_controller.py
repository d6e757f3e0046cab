"""Open the search: pages, actions and help at once, what the record holds as soon as it answers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QStackedWidget

from gui.dialogs.search import SearchDialog
from gui.help.searching import (
    Deed,
    FileSearch,
    Found,
    Holding,
    acts,
    applications,
    fields,
    greyed,
    guide,
    in_answers,
    in_files,
    organisations,
    pages,
)
from gui.help.tour import ControlSearch
from gui.keys.behaviour import why_greyed
from gui.pages.page import PageTools
from gui.record.clock import current_day
from gui.shell.actions import plain_words
from gui.shell.page_list import PAGES, is_hidden, reason_closed
from gui.shell.rounds import Rounds
from gui.widgets.tips import words_in
from models.queries.applications.organisations import organisations as organisation_lines
from models.queries.applications.reading import Passage, findable, passages

LEADS_TO = ("applications", "ranking")
"""The pages that an application found leads to: the first of them that the person has."""


class SearchController(QObject):
    """Gather what can be found, for whoever is using the laptop."""

    def __init__(
        self, tools: PageTools, rounds: Rounds, searchable: Callable[[], tuple[QAction, ...]]
    ) -> None:
        super().__init__(tools)
        self._tools = tools
        self._rounds = rounds
        self._searchable = searchable
        self._files = FileSearch(tools, lambda: isinstance(tools.dialogs.dialog, SearchDialog))
        self._files.found.connect(self._take_files)

    @Slot()
    def ask(self) -> None:
        """Show the search, or close it when it is on show already."""
        tools, place = self._tools, self._rounds.place
        if isinstance(tools.dialogs.dialog, SearchDialog):
            tools.dialogs.dialog.leave()
            return
        dialog = SearchDialog(self._everything(), tools.go, tools.dialogs.window)
        tools.dialogs.show(dialog)
        if "organisations" in tools.pages:
            today, viewer = current_day(), tools.identity.viewer
            register = partial(organisation_lines, today=today, viewer=viewer)
            tools.workspace.ask(register, partial(self._take, dialog, organisations))
        if place is not None:
            dialog.asked.connect(partial(self._ask_words, dialog, place.line.round_id))
            query = partial(findable, round_id=place.line.round_id, viewer=tools.identity.viewer)
            found = partial(applications, page=self._leads_to)
            tools.workspace.ask(query, partial(self._take, dialog, found))

    def _take(self, dialog: SearchDialog, found: Callable[..., tuple[Found, ...]], rows: Any) -> None:
        if self._tools.dialogs.dialog is dialog:
            dialog.take(found(rows, self._tools))

    @property
    def _leads_to(self) -> str:
        """Return the page of an application that is found."""
        open_keys = [entry.key for entry in PAGES if not is_hidden(entry, self._tools.identity)]
        return next((key for key in LEADS_TO if key in open_keys), "ranking")

    def _ask_words(self, dialog: SearchDialog, round_id: int, typed: str) -> None:
        """Look for what was typed in what applicants wrote, and in the files they sent."""
        query = partial(passages, round_id=round_id, viewer=self._tools.identity.viewer, typed=typed)
        self._tools.workspace.ask(query, partial(self._take_words, dialog, typed))
        self._files.look_for(typed, round_id)

    def _take_words(self, dialog: SearchDialog, typed: str, rows: tuple[Passage, ...]) -> None:
        if self._tools.dialogs.dialog is dialog:
            dialog.take_held(typed, "answers", in_answers(rows, self._tools, self._leads_to))

    @Slot(str, object, int)
    def _take_files(self, typed: str, rows: tuple[Holding, ...], left: int) -> None:
        dialog = self._tools.dialogs.dialog
        if isinstance(dialog, SearchDialog):
            dialog.take_held(typed, "files", in_files(rows, self._tools), left)

    def _do(self, deed: Deed) -> None:
        """Go where something is done, and press its button as soon as it is there."""
        tools, place = self._tools, self._rounds.place
        tools.go(deed.page, deed.reference)
        page = tools.holder.currentWidget() if isinstance(tools.holder, QStackedWidget) else None
        if page is not None and deed.button:
            begins = deed.button.format(round=place.line.name if place is not None else "")
            ControlSearch(page, partial(_press, tools)).look_for(begins)

    def _everything(self) -> tuple[Found, ...]:
        tools = self._tools
        has_record = tools.workspace.facts is not None
        shown = [entry for entry in PAGES if not is_hidden(entry, tools.identity)]
        closed = [(e, reason_closed(e, self._rounds, has_record=has_record)) for e in shown]
        names = {entry.key for entry in PAGES} | {"search"}
        actions = [
            _action(one) for one in self._searchable() if one.isVisible() and one.objectName() not in names
        ]
        on_page = acts_of(tools.holder)
        held = {one.words for one in (*actions, *on_page)}
        here = (one for one in greyed(tools.holder) if one.words not in held)
        current = getattr(getattr(tools.holder, "current", None), "key", "")
        elsewhere = acts((entry for entry, why in closed if not why), tools, current, self._do)
        facts = fields(tools) if "office" in tools.pages else ()
        return (*on_page, *pages(closed, tools), *elsewhere, *actions, *facts, *here, *guide(tools))


def _press(tools: PageTools, button: QAbstractButton | None) -> None:
    """Press a button that came on show, or say why it cannot be pressed now."""
    if button is not None and button.isEnabled():
        button.click()
    elif button is not None:
        tools.hint(words_in(button.toolTip()))


def acts_of(pages: object) -> tuple[Found, ...]:
    """Return what can be done on the page on show, with the row at hand."""
    page: Any = getattr(pages, "current", None)
    return tuple(
        Found(
            "On this page",
            "action",
            one.name,
            page.title.text(),
            one.why_not or one.refusal,
            partial(page.doing.press, one),
        )
        for one in getattr(page, "offered", ())
    )


def _action(action: QAction) -> Found:
    keys = action.shortcuts()
    key = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    words = plain_words(action.text()).rstrip("…")
    return Found("Action", "action", words, key, why_greyed(action), action.trigger)
