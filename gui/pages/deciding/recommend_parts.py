"""The parts of the box that recommends: conditions to tick, a code to choose, the wish it comes to."""

from collections.abc import Collection
from typing import NamedTuple

from msgspec import Struct
from PySide6.QtWidgets import QComboBox, QScrollArea, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.long_tick import LongTick
from gui.widgets.turned import ChoiceList
from models.queries.deciding.reasons import Draft, Library
from models.queries.deciding.round_list import Listed
from models.reference.defaults import Condition
from models.values.recommending import FUNDED, SCOPE, RecommendationRow, scope_of

CHOOSE = "Choose a code"


class Wish(Struct, frozen=True):
    """What somebody wants to recommend on one application."""

    outcome: str
    amount_pence: int | None
    reason: str
    code: str = ""
    conditions: tuple[str, ...] = ()


class Subject(NamedTuple):
    """The application at hand: as listed, as recorded (None when it is not), and what may be chosen.

    `draft` is what panel or members wrote about its marks, None where they wrote nothing, and `against` what
    of that tells why it gets no money; `rule` is what the rule says of it.
    """

    line: Listed
    recorded: RecommendationRow | None
    library: Library
    draft: Draft | None = None
    rule: str = ""
    against: Draft | None = None

    def draft_for(self, outcome: str) -> Draft | None:
        """Return what is drafted for an outcome, None where a reason was recorded with it or nothing said."""
        return None if self.reason(outcome) else self.draft if outcome in FUNDED else self.against

    def reason(self, outcome: str) -> str:
        """Return the reason that was recorded with an outcome, "" where it has none."""
        held = self.recorded
        return held.reason if held is not None and held.outcome == outcome else ""

    @property
    def scope(self) -> str:
        """Return what the money pays for, as recorded."""
        return scope_of(self.recorded.conditions) if self.recorded is not None else ""

    @property
    def ticked(self) -> frozenset[str]:
        """Return the conditions that hold: those recorded with money, else the standard ones."""
        if self.recorded is not None and self.recorded.amount_pence is not None:
            return frozenset(one for one in self.recorded.conditions if not one.startswith(SCOPE))
        return frozenset(one.words for one in self.library.conditions if one.is_standard)


class ConditionList(QScrollArea):
    """The fund's conditions as boxes to tick; those recorded that the library has not come after them."""

    def __init__(self, look: Look, conditions: Collection[Condition], ticked: frozenset[str]) -> None:
        super().__init__()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.px(6), look.px(4), look.px(6), look.px(4))
        column.setSpacing(look.px(3))
        known = [one.words for one in conditions]
        self.boxes = [_box(look, words) for words in (*known, *sorted(ticked - set(known)))]
        for box in self.boxes:
            box.setChecked(box.text() in ticked)
            column.addWidget(box)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setAccessibleName("Conditions")
        self.setMinimumHeight(look.px(58))
        self.setMaximumHeight(look.px(132))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the words of the conditions that are ticked."""
        return tuple(box.text() for box in self.boxes if box.isChecked())


def code_box(look: Look, library: Library, code: str) -> QComboBox:
    """Return a box of the codes to decline by, with one chosen."""
    box = ChoiceList()
    box.setFont(look.font())
    box.setAccessibleName("Code of the reason")
    box.addItem(CHOOSE, "")
    for one in library.decline_codes:
        box.addItem(one.words, one.code)
    box.setCurrentIndex(max(box.findData(code), 0))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(30)
    return box


def _box(look: Look, words: str) -> LongTick:
    box = LongTick(words)
    box.setFont(look.font(12))
    return box
