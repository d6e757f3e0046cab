"""Awards and payments: what was decided, how it is paid, and what was paid. Officers' and finance's."""

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.listed.acts import ActButton, At, Doing, Offer
from gui.pages.awards.detail import AwardDetail
from gui.pages.awards.instalments import DECIDED, has_decided
from gui.pages.awards.ledger import READ_LEDGER
from gui.pages.awards.lines import (
    AWARD_COLUMNS,
    award_key,
    award_name,
    differences_in,
    sums_words,
    year_words,
)
from gui.pages.awards.months import MonthsCard
from gui.pages.awards.schedule_controller import ScheduleController
from gui.pages.page import PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.record.clock import current_day
from gui.tables.line_view import LineView
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ChipLabel, Label
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.tips import set_tip
from models.operation import Topic
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards_page import AwardDifference, AwardsAnswer, awards_page, month_sums

SIDE_WIDTH = 350
RECIPIENT_WIDTH = 200
MONTHS_NEED = 640
"""How high a window has to be to show the months under the list."""
CONCERNS = frozenset({Topic.AWARDS, Topic.DECISIONS, Topic.ROUNDS})
NO_AWARDS = "No awards yet. They are made when the last step of the chain has decided."
PROPOSED = "No awards yet. Those who sign find on Decisions what is proposed."
TABS = ("List", "Award", "By month")
PARTS = ("Awards", "By month")
"""What takes turns in a window that is wide and low."""
SCHEDULE = "Make schedule…"
NEW_AWARD = "New award…"


class AwardsPage(SidedPage):
    """The page of one round's awards."""

    key = "awards"
    concerns = CONCERNS

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Awards & payments", way_on=NEW_AWARD)
        look = tools.look
        self._found: AwardsAnswer | None = None
        self.state = ChipLabel(look)
        self.schedule = Button(look, SCHEDULE, kind="primary", icon="export")
        self.new_award = Button(look, NEW_AWARD)
        self.ledger = ActButton(look, READ_LEDGER)
        self.ledger.hide()  # until it is known that it may be read
        self.table: LineView[AwardRow] = LineView(look, AWARD_COLUMNS, award_key, award_name)
        self.table.setAccessibleName("Awards")
        self.table.set_wide_minimum(RECIPIENT_WIDTH)
        self.detail = AwardDetail(look)
        self.year = Label(look, size=12, tone="text2").wrapped()
        self.months = MonthsCard(look)
        self.tabs = PillTabs(look, TABS)
        self.parts = PillTabs(look, PARTS)
        self._schedule_controller = ScheduleController(tools, self)
        self.doing = Doing(tools, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    @property
    def rows(self) -> tuple[AwardRow, ...]:
        """Return the awards of the area on show."""
        if self._found is None or self._place is None:
            return ()
        return tuple(row for row in self._found.awards if self._place.area in (None, row.area))

    @property
    def differences(self) -> tuple[AwardDifference, ...]:
        """Return what does not add up in the area on show."""
        if self._found is None or self._place is None:
            return ()
        return differences_in(self._found, self._place.area)

    @property
    def offered(self) -> tuple[Offer, ...]:
        """Return all that can be done with the page and the award at hand, for the search."""
        return (*(filter(None, (self.ledger.offer,))), *self.detail.offers)

    def show_place(self, place: Place | None) -> None:
        """Show another round or area; None when the record has no round."""
        self._found = None if place is None else self._found
        is_direct = place is not None and place.line.is_direct
        may_propose = self._tools.actions["direct_award"].isEnabled()
        self.new_award.setVisible(may_propose and not is_direct)  # an empty page has one way on
        self.empty.button.setVisible(may_propose and is_direct)
        super().show_place(place)

    def show_reference(self, reference: str) -> None:
        """Show one application's award."""
        self._picked = reference
        self.table.select(reference)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._place is not None:
            query = partial(awards_page, round_id=self._place.line.round_id)
            self._tools.ask(query, self._take)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: in tabs when narrow."""
        self._room = room
        self.schedule.show_words("Schedule…" if room.has_tabs else SCHEDULE, name=SCHEDULE)
        self._offer_ledger(is_there=not self.ledger.isHidden())
        self._fit()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        months = self.months.table if self.months.is_table else self.months.chart
        return (self.table, self.detail.reading, months)

    def _take(self, found: AwardsAnswer) -> None:
        self._found = found
        self._show_found()

    def _show_found(self) -> None:
        rows = self.rows
        if not rows or self._found is None or self._place is None:
            is_direct = self._place is not None and self._place.line.is_direct
            self._show_empty(PROPOSED if is_direct else NO_AWARDS)
            return
        self.new_award.setVisible(self._tools.actions["direct_award"].isEnabled())
        self._show_list()
        pots = [use for use in self._found.pots if self._place.area in (None, use.area)]
        year = year_words({*(use.area for use in pots), *(row.area for row in rows)}, self._found.budget)
        waiting = [of for of, area in self._found.proposed.items() if self._place.area in (None, area)]
        self.summary.setText(sums_words(rows, pots, waiting=len(waiting)))
        self.year.setText(year)
        self.year.setVisible(bool(year) and not self._room.is_tiny)
        differences = self.differences
        self.state.show_state(
            Tone.DANGER if differences else Tone.FUND, "Does not add up" if differences else "Adds up"
        )
        set_tip(self.state, "\n".join(difference.words for difference in differences))
        self.months.show_months(month_sums(rows, current_day()))
        self.state.show()
        self.schedule.show_kind("primary" if self._tools.identity.may("issue paper") else "plain")
        self.schedule.show()
        self._offer_ledger(is_there=True)
        self.table.show_rows(rows)
        self._select(self.table)
        self._show_award()

    def _offer_ledger(self, *, is_there: bool) -> None:
        """Offer to read a ledger to whoever records payments, where there are awards."""
        self.ledger.show_at(self._at(None) if is_there else None, is_brief=self._room.has_tabs)

    def _at(self, row: Any) -> At[Any, Any]:
        """Return what acts are asked of: an award, or None for the page."""
        return At(self._found, row, self._tools.identity, self._place, current_day(), {})

    def _show_award(self) -> None:
        row = next((row for row in self.rows if row.application == self.table.current), None)
        self.detail.show_award(None if row is None else self._at(row))

    def _show_empty(self, words: str) -> None:
        self.state.hide()
        self.schedule.hide()
        self._offer_ledger(is_there=False)
        super()._show_empty(words)

    @Slot(object)
    def _pick(self, reference: object) -> None:
        self._picked = str(reference)
        self._show_award()

    @Slot()
    def _open(self) -> None:
        self._open_beside(self.tabs, 1, self.detail.reading)

    @Slot()
    def _make_schedule(self) -> None:
        """Make the schedule; refused with a sentence while any total differs."""
        differences = self.differences
        if not differences:
            assert self._place is not None, "awards belong to a round"
            is_barred = has_decided(self._found, self._tools.identity.name)
            self._schedule_controller.begin(self._place, DECIDED if is_barred else "")
            return
        self._schedule_controller.refuse(differences)
        if differences[0].application:
            self.show_reference(differences[0].application)

    @Slot()
    def _fit(self) -> None:
        """Show what there is room for: all, the list and the award or the months, or one of the three."""
        room, takes_turns = self._room, self._room.has_tabs or self._room.height < MONTHS_NEED
        self.tabs.setVisible(room.has_tabs)
        self.parts.setVisible(takes_turns and not room.has_tabs)
        one = self.tabs.current if room.has_tabs else (0, 2)[self.parts.current]
        self._list.setVisible(not takes_turns or one == 0)
        self.detail.setVisible(not room.has_tabs or one == 1)
        self.months.setVisible(not takes_turns or one == 2)
        self._left.setVisible(one != 1 or not room.has_tabs)
        self._stand_beside(self.detail, SIDE_WIDTH, is_alone=room.has_tabs)

    def _connect(self) -> None:
        self.schedule.clicked.connect(self._make_schedule)
        self.ledger.pressed.connect(self.doing.press)
        for asked in (self.new_award.clicked, self.way_on.triggered):
            asked.connect(self._tools.actions["direct_award"].trigger)
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self._open)
        self.detail.pressed.connect(self.doing.press)
        self.detail.asked.connect(self.doing.do)
        self.doing.told.connect(self.detail.show_account)
        self._tools.identity_changed.connect(self.detail.hide_account)
        self.tabs.changed.connect(self._fit)
        self.parts.changed.connect(self._fit)

    def _lay_out(self) -> None:
        self._list = Card(self._look, inset=(3, 3))
        self._list.fill_with(self.table)
        self._left = QWidget()
        self._rows = QVBoxLayout(self._left)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._list, 3)
        self._rows.addWidget(self.year)
        self._rows.addWidget(self.months, 1)
        self._lay_out_page(
            (self.state, self.tabs, self.parts, self.new_award, self.ledger, self.schedule),
            (self._left, self.detail),
        )

    def dress(self) -> None:
        """Follow the size of text."""
        self._rows.setSpacing(self._look.px(12))
        super().dress()
