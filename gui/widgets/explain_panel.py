"""How one application came to its total, place and offer: the sum by hand, then each rule in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.text import NOTHING, STATUS_WORDS
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.explain_text import as_text, sentences
from gui.widgets.scrolled import show_in
from gui.widgets.words import ShortWords, Words
from scoring import money
from scoring.explain import Explanation
from scoring.ranking import CriterionResult, Standing, Status
from scoring.scheme import Criterion, Scheme, Side

HINT = "Choose an application in the list to see how its total, place and offer came about."


class ExplainPanel(Card):
    """The panel beside the ranked table; it follows the selection."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(2, 2), parent=parent)
        self._text = ""
        self._hint = HINT
        self._has_steps = False
        self._explanation: Explanation | None = None
        self._scheme: Scheme | None = None
        self.setAccessibleName("Explain this score")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setAccessibleName("Explanation")
        self.fill_with(self._scroll)
        self.steps = Button(look, "Every step", kind="link")
        self._copy = Button(look, "Copy as text", kind="link", icon="copy")
        self.steps.clicked.connect(self._fold_steps)
        self._copy.clicked.connect(self.copy)
        self._foot = QHBoxLayout()
        for button in (self.steps, self._copy):
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self.body.addLayout(self._foot)
        self._scroll.setMinimumHeight(look.px(80))
        look.changed.connect(self._rebuild)
        self._rebuild()

    def explain(self, explanation: Explanation, scheme: Scheme) -> None:
        """Show another application's explanation."""
        self._explanation = explanation
        self._scheme = scheme
        self._text = as_text(explanation, scheme)
        self._rebuild()

    def clear(self, words: str = HINT) -> None:
        """Show no explanation: how to get one, or why there is none."""
        self._hint = words
        self._explanation = None
        self._text = ""
        self._rebuild()

    @property
    def text(self) -> str:
        """Return the explanation as text, "" when none is shown."""
        return self._text

    def focusable(self) -> QWidget:
        """Return what takes the focus when the panel is gone to."""
        return self._scroll

    @Slot()
    def copy(self) -> None:
        """Put the explanation on the clipboard as text."""
        if self._text:
            QGuiApplication.clipboard().setText(self._text)

    @Slot()
    def _fold_steps(self) -> None:
        self._has_steps = not self._has_steps
        self._rebuild()

    @Slot()
    def _rebuild(self) -> None:
        look = self._look
        self._foot.setContentsMargins(look.px(4), look.px(2), look.px(4), look.px(4))
        self._foot.setSpacing(look.px(2))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(10))
        column.setSpacing(look.px(3))
        column.addWidget(Words(look, "Explain this score", size=12, tone="text2"))
        if self._explanation is None or self._scheme is None:
            column.addWidget(Words(look, self._hint, tone="muted").wrapped())
        else:
            self._fill(column, self._explanation, self._scheme)
        column.addStretch(1)
        show_in(self._scroll, page)
        for button in (self.steps, self._copy):
            button.setVisible(self._explanation is not None)
        self.steps.show_words("Fold the steps" if self._has_steps else "Every step")

    def _fill(self, column: QVBoxLayout, explanation: Explanation, scheme: Scheme) -> None:
        look, standing = self._look, explanation.standing
        name = Words(look, standing.organisation, size=15, weight=600).wrapped()
        column.addWidget(name)
        asked = f"{standing.reference} · asked {money.short_pounds(standing.requested_pence)}"
        column.addWidget(ShortWords(look, asked, size=12, tone="muted"))
        column.addSpacing(look.px(4))
        if standing.status is Status.RANKED:
            column.addLayout(_Sum(look, standing, scheme).grid())
        else:
            column.addWidget(Words(look, STATUS_WORDS[standing.status], weight=600, tone="danger"))
        column.addSpacing(look.px(4))
        for sentence in sentences(explanation):
            column.addWidget(Words(look, sentence, size=12, tone="text2").wrapped())
        if self._has_steps:
            self._add_steps(column, explanation)

    def _add_steps(self, column: QVBoxLayout, explanation: Explanation) -> None:
        look = self._look
        for step in explanation.steps:
            column.addWidget(_rule(look))
            rule = f"{step.rule[:1].upper()}{step.rule[1:]}: {step.shown}"
            column.addWidget(Words(look, rule, size=12, weight=600).wrapped())
            column.addWidget(Words(look, step.words, size=12, tone="text2").wrapped())


class _Sum:
    """The table of marks, weights and points, with each side and the total."""

    def __init__(self, look: Look, standing: Standing, scheme: Scheme) -> None:
        self._look = look
        self._standing = standing
        self._scheme = scheme
        self._grid = QGridLayout()
        self._row = 0

    def grid(self) -> QGridLayout:
        """Return the filled grid."""
        self._grid.setHorizontalSpacing(self._look.px(8))
        self._grid.setVerticalSpacing(self._look.px(2))
        self._grid.setColumnStretch(0, 1)
        self._add(("Criterion", "Mark", "Weight", "Points"), size=11, tone="muted")
        points = {result.code: result for result in self._standing.criteria}
        for side, shown in self._sides():
            criteria = [c for c in self._scheme.criteria if c.side is side]
            for criterion in criteria:
                self._criterion(criterion, points.get(criterion.code))
            self._side(side, criteria, points, shown)
        self._total()
        return self._grid

    def _sides(self) -> Sequence[tuple[Side, int | None]]:
        standing = self._standing
        both = ((Side.QUALITY, standing.quality_1e2), (Side.COST, standing.cost_1e2))
        return [(side, shown) for side, shown in both if shown is not None]

    def _criterion(self, criterion: Criterion, result: CriterionResult | None) -> None:
        name = f"{criterion.code}  {criterion.title}"
        if result is None or result.value_1e2 is None:
            self._add((name, "n/a", "", NOTHING), tone="muted")
            return
        mark = _short(result.value_1e2)
        self._add(
            (name, mark, f"× {_short(result.weight_1e2)}", money.score(result.points_1e2)), tone="text2"
        )

    def _side(
        self,
        side: Side,
        criteria: Sequence[Criterion],
        points: dict[str, CriterionResult],
        shown: int | None,
    ) -> None:
        self._line()
        weight = money.percent(sum(c.weight_1e4 for c in criteria))
        name = f"{side.value.capitalize()} {money.score(shown)} of 100"
        added = sum(points[c.code].points_1e2 for c in criteria if c.code in points)
        self._add((name, "", weight, money.score(added)), weight=600)

    def _total(self) -> None:
        self._line(is_strong=True)
        standing = self._standing
        place = money.place_with_rung(standing.place, tied=standing.tied, by=standing.place_by)
        self._add((f"Total, place {place}", "", "", money.score(standing.total_1e2)), weight=700)

    def _line(self, *, is_strong: bool = False) -> None:
        self._grid.addWidget(_rule(self._look, is_strong=is_strong), self._row, 0, 1, 4)
        self._row += 1

    def _add(
        self, cells: tuple[str, str, str, str], *, size: float = 12, weight: int = 400, tone: str = "text"
    ) -> None:
        for column, text in enumerate(cells):
            kind = ShortWords if column == 0 else Words
            label = kind(self._look, text, size=size, weight=weight, tone=tone)
            if column:
                label.right()
            self._grid.addWidget(label, self._row, column)
        self._row += 1


def _rule(look: Look, *, is_strong: bool = False) -> QFrame:
    line = QFrame()
    line.setFixedHeight(2 if is_strong else 1)
    colour = look.theme.control if is_strong else look.theme.line
    line.setStyleSheet(f"background: {colour}; border: none;")
    return line


def _short(value_1e2: int) -> str:
    """Return a mark or weight without decimals where it is whole."""
    return money.score(value_1e2).removesuffix(".00")
