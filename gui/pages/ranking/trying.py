"""Try another split or rule beside the official list, on the work lane, newest trial only."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui.actions import Actions
from gui.pages.round_figures import RoundFigures
from gui.runner import Ticket
from gui.widgets.what_if import WhatIfPanel
from gui.workspace import Workspace
from scoring.what_if import Moved, Trial, moved, tried

WAITING = ("export", "record_recommendations")
"""What waits while something is tried: a trial must never be taken for the list."""


class Trying(QObject):
    """Work a trial out and show what would change; the record is never asked to change."""

    turned = Signal(bool)

    def __init__(self, panel: WhatIfPanel, workspace: Workspace, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._workspace, self._actions = panel, workspace, actions
        self._figures: RoundFigures | None = None
        self._area: str | None = None
        self._asked = 0
        self._is_on = False
        panel.tried.connect(self._try)

    @property
    def is_on(self) -> bool:
        """Whether something is tried."""
        return self._is_on

    def follow(self, figures: RoundFigures | None, area: str | None) -> None:
        """Try on another round or area; the trial on show stays."""
        self._figures, self._area = figures, area
        if figures is not None:
            self._panel.show_scheme(figures.ranking.scheme)
            self._try(self._panel.trial)

    @Slot(object)
    def _try(self, trial: Trial) -> None:
        self._asked += 1
        self._turn(is_on=not trial.is_official)
        if self._figures is not None and not trial.is_official:
            work = partial(_work_out, self._figures, trial, self._area)
            self._workspace.work(work, partial(self._take, self._asked))

    def _take(self, number: int, found: tuple[Moved, ...]) -> None:
        if number == self._asked:
            self._panel.show_moved(found)

    def _turn(self, *, is_on: bool) -> None:
        if is_on != self._is_on:
            self._is_on = is_on
            self._actions.enable(WAITING, is_on=not is_on)
            self.turned.emit(is_on)


def _work_out(figures: RoundFigures, trial: Trial, area: str | None, ticket: Ticket) -> tuple[Moved, ...]:
    return moved(figures.ranking, tried(figures.round, trial), area)
