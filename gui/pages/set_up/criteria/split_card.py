"""The split of quality and cost: a slider that scales the weights, and the weights as a strip."""

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout

from gui.pages.set_up.criteria.draft import Draft
from gui.pages.set_up.criteria.weight_strip import WeightStrip
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.card import Card
from gui.widgets.chip import ChipLabel
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.tips import set_tip
from gui.widgets.turned import LevelSlider
from scoring import money
from scoring.places.totals import left_to_share, share_words, split_range, with_split
from scoring.scheme import Scheme

ARROW, PAGE = 1, 5
WHAT = "the split"


class SplitCard(Card):
    """Quality on the left, cost on the right; arrows move the split by 1, Page keys by 5."""

    def __init__(self, look: Look, draft: Draft) -> None:
        super().__init__(look)
        self._draft = draft
        self._base: Scheme | None = None
        self._mine: Scheme | None = None
        self._picked = ""
        self._is_open = False
        self.quality = Label(look, size=15, weight=600)
        self.cost = Label(look, size=15, weight=600)
        self.slider = LevelSlider()
        self.slider.setSingleStep(ARROW)
        self.slider.setPageStep(PAGE)
        self.state = ChipLabel(look)
        self.strip = WeightStrip(look)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.quality)
        row.addWidget(self.slider, 1)
        row.addWidget(self.cost)
        row.addWidget(self.state)
        self.body.setSpacing(look.px(8))
        nest(self.body, row)
        self.body.addWidget(self.strip)
        self.slider.valueChanged.connect(self._move)
        draft.changed.connect(self._show)

    def set_open(self, is_open: bool) -> None:
        """Let the split be moved, or only be read."""
        self._is_open = is_open
        self._show()

    def pick(self, code: str) -> None:
        """Pick a criterion out in the strip."""
        self._picked = code
        self._show()

    @Slot(int)
    def _move(self, quality: int) -> None:
        """Scale from the weights as they stood when the slide began, so that going back is exact."""
        if self._base is None or self._draft.scheme != self._mine:
            self._base = self._draft.scheme
        self._mine = with_split(self._base, quality)
        self._draft.propose(self._mine, WHAT)

    @Slot()
    def _show(self) -> None:
        if not self._draft.is_there:
            return
        scheme = self._draft.scheme
        least, most = split_range(scheme)
        quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
        with QSignalBlocker(self.slider):
            self.slider.setRange(least, most)
            self.slider.setValue(scheme.quality_1e4 // 10_000)
        self.slider.setEnabled(self._is_open and least < most)
        self.slider.setAccessibleName(f"Split, quality {quality} to cost {cost}")
        self.slider.setAccessibleDescription(_slider_words(least, most))
        set_tip(self.slider, _slider_words(least, most))
        self.quality.setText(f"Quality {quality}")
        self.cost.setText(f"{cost} Cost")
        tone = Tone.FUND if left_to_share(scheme) == 0 else Tone.WARNING
        self.state.show_state(tone, share_words(scheme))
        self.strip.show_scheme(scheme, self._picked)


def _slider_words(least: int, most: int) -> str:
    if least == most:
        return "All criteria are on one side, so there is no split to move."
    return "Arrows move the split by 1, Page keys by 5. The weights of each side keep their proportions."
