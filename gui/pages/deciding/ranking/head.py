"""The buttons over the ranked list: what each says in the room there is, and when it waits."""

from typing import TYPE_CHECKING

from gui.breakpoints import Breakpoints
from gui.pages.page import PageTools
from gui.widgets.buttons import Button
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.tips import set_tip, words_in

if TYPE_CHECKING:
    from gui.pages.deciding.ranking.actions import RankingActions
    from gui.pages.deciding.ranking.projector import ListProjecting

TABS = ("List", "Explain", "Secure?")
"""The parts where one has the page to itself; the last in one word, so that all stand beside the title."""
RECORD = "Record recommendations"
WIDE = 1500
"""From this width on the head has room for every word of its buttons."""
EXPORT = "Export schedules"
REASONS = "Write reasons…"
SIGNED = "Every recommendation is signed; it changes only when the deciding office sends a line back"
FILTER = "Show what the list is filtered by"
DECIDE_TIE, SHOW_TIE = "Decide the tie…", "Show the tie"


class RankingHead:
    """The page's tabs and buttons, in order."""

    def __init__(self, tools: PageTools, row_actions: "RankingActions", projecting: "ListProjecting") -> None:
        self._tools, self._row_actions, self._projecting = tools, row_actions, projecting
        look, actions = tools.look, tools.actions
        self._is_narrow = self._is_tiny = False
        self.tabs = PillTabs(look, TABS)
        self.export = Button(look, EXPORT, icon="export").does(actions["export"])
        self.record = Button(look, RECORD, kind="primary", icon="recommend")
        self.record.does(actions["record_recommendations"])
        self.reasons = Button(look, REASONS)
        self.reasons.hide()
        self.tie = Button(look, DECIDE_TIE)
        self.tie.hide()
        self.find = Button(look, "", icon="search")
        self.find.setCheckable(True)
        self.find.show_words("", name=FILTER)
        set_tip(self.find, FILTER)
        self.find.hide()
        self.parts = (
            self.tabs,
            self.find,
            self.export,
            projecting.button,
            self.tie,
            self.reasons,
            self.record,
        )

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: tabs and short words where it is narrow."""
        self._is_narrow, self._is_tiny = room.has_tabs, room.is_tiny
        self.find.setVisible(room.is_tiny)
        self.tabs.setVisible(room.has_tabs)
        self.record.show_words("Record" if room.has_tabs else RECORD, name=RECORD)
        self.export.show_words("Export" if room.width < WIDE else EXPORT, name=EXPORT)
        self._projecting.button.setVisible(not room.has_tabs)
        self._fit_reasons()

    def update(self, area: str | None, closed: str, reads_only: str) -> None:
        """Enable the buttons of an area's list, or say on them why they wait."""
        for button, name in ((self.export, "export"), (self.record, "record_recommendations")):
            action = self._tools.actions[name]
            button.setEnabled(action.isEnabled() and not closed)
            set_tip(button, closed or words_in(action.toolTip()))
        if not closed and self._row_actions.is_signed(area):
            self.record.setEnabled(False)
            set_tip(self.record, SIGNED)
        self.record.setVisible(not reads_only)
        self._projecting.button.setEnabled(not closed)
        may_act = not closed and not reads_only
        self.reasons.setVisible(may_act and self._row_actions.lacks_reasons(area))
        tie = self._row_actions.tie_in(area)
        self.tie.setVisible(may_act and bool(tie))
        is_theirs = bool(tie) and self._row_actions.chair.may_rule_tie(tie)
        self.tie.show_words(DECIDE_TIE if is_theirs else SHOW_TIE)
        self._fit_reasons()

    def _fit_reasons(self) -> None:
        """Let reasons that are lacking take the place of Export, which has a key, in a narrow window.

        In a very low one the filter, which gave its row to the list, takes it.
        """
        self.reasons.show_words("Reasons…" if self._is_narrow else REASONS, name=REASONS)
        is_asked = self._is_narrow and not (self.reasons.isHidden() and self.tie.isHidden())
        is_in_the_way = is_asked or self._is_tiny
        self.export.setVisible(self._tools.identity.may("issue paper") and not is_in_the_way)
