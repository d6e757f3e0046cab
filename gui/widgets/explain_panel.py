"""How one application came to its total, place and offer: the sum by hand, then each rule in words."""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from gui.text import NOTHING, STATUS_WORDS, sentence
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import Card, ScrollPane, nest, row_of, show_again
from gui.widgets.tips import set_tip
from scoring import money
from scoring.allocating.causes import note_words
from scoring.explaining.steps import Explanation, difference_words, side_points
from scoring.ranking import CriterionResult, Standing, Step
from scoring.scheme import Criterion, Scheme, Side

AS_DECIDED = "Shown as it was decided. Changes made since then would give another result:"
TOLD = ("equal score", "tie-break ", "floor ", "price", "place")
"""The rules that the panel tells in words; the rest stand in its table and under *Every step*."""


def sentences(explanation: Explanation, scheme: Scheme) -> tuple[str, ...]:
    """Return what the table of points cannot say: why not ranked, or ties, floors, place and money."""
    if not explanation.standing.is_ranked:
        return tuple(sentence(reason) for reason in explanation.standing.reasons)
    told = [step for step in explanation.steps if step.rule.startswith(TOLD) and not _passes(step)]
    words = [f"{_subject(step.rule)}{step.words}" for step in told]
    note = note_words(explanation.standing, scheme)
    return tuple(map(sentence, (*words, money.without_noughts(note))))


def as_text(explanation: Explanation, scheme: Scheme) -> str:
    """Return the whole explanation, a line for each step."""
    standing = explanation.standing
    head = f"{standing.reference} {standing.organisation}, requested {money.pounds(standing.requested_pence)}"
    return "\n".join((head, *_lines(explanation, scheme)))


def _lines(explanation: Explanation, scheme: Scheme) -> Iterator[str]:
    quality, cost = scheme.split
    yield f"Scheme: quality {quality} : cost {cost}, marks 0 to {scheme.scale_maximum}"
    for step in explanation.steps:
        exact = f" (exactly {step.exact})" if step.exact not in (step.shown, "–") else ""
        yield f"{step.rule}: {step.read} = {step.shown}{exact}"
    if explanation.recalculated:
        yield explanation.recalculated


def _passes(step: Step) -> bool:
    """Whether a floor is met: with seven floors, those met would hide what matters."""
    return step.rule.startswith("floor ") and step.shown == "passes"


def _subject(rule: str) -> str:
    if rule.startswith("tie-break "):
        return f"{rule.removeprefix('tie-break ')}: "
    if rule.startswith("floor "):
        return f"floor on {rule.removeprefix('floor ')}: "
    return "place: " if rule == "place" else ""


class Row(Struct, frozen=True):
    """One cell of words across the panel, or four in the table of marks, weights and points, and their look.

    Without cells it is a `rule` so many pixels thick, or some room where that is 0.
    """

    cells: tuple[str, ...] = ()
    size: float = 12
    weight: int = 400
    tone: str = "text"
    rule: int = 0


def what_is_asked(standing: Standing) -> str:
    """Return which application is explained, and what it asks for."""
    return f"{standing.reference} · requested {money.short_pounds(standing.requested_pence)}"


def explained_rows(explanation: Explanation, scheme: Scheme, *, has_steps: bool) -> tuple[Row, ...]:
    """Return an explanation as rows, with every step of it where they are folded out."""
    standing = explanation.standing
    rows: list[Row] = [Row((standing.organisation,), 15, 600)]
    if standing.is_ranked:
        rows += _sum(explanation, scheme)
    else:
        rows.append(Row((STATUS_WORDS[standing.status],), 13, 600, "danger"))
    rows.append(Row())
    rows += [Row((words,), tone="text2") for words in sentences(explanation, scheme)]
    if explanation.recalculated:
        rows += [
            Row(),
            Row((AS_DECIDED,), weight=600),
            Row((sentence(explanation.recalculated),), tone="text2"),
        ]
    return (*rows, *(_steps(explanation, scheme) if has_steps else ()))


def _steps(explanation: Explanation, scheme: Scheme) -> Iterator[Row]:
    for step in explanation.steps:
        yield Row(rule=1)
        yield Row((f"{step.rule[:1].upper()}{step.rule[1:]}: {step.shown}",), weight=600)
        yield Row((money.without_noughts(step.read),), tone="text2")


def _sum(explanation: Explanation, scheme: Scheme) -> Iterator[Row]:
    """Yield the table of marks, weights and points, with each side and the total."""
    yield Row(("Criterion", "Mark", "Weight", "Points"), 11, tone="muted")
    standing, given = explanation.standing, side_points(explanation, scheme)
    points = {result.code: result for result in standing.criteria}
    added: dict[Side, int] = {}
    for side, shown in ((Side.QUALITY, standing.quality_1e2), (Side.COST, standing.cost_1e2)):
        if shown is None:
            continue
        criteria = [c for c in scheme.criteria if c.side is side]
        for criterion in criteria:
            yield _criterion(criterion, points.get(criterion.code))
        yield Row(rule=1)
        added[side] = sum(points[c.code].points_1e2 for c in criteria if c.code in points)
        weight = money.percent(sum(c.weight_1e4 for c in criteria))
        name = f"{side.value.capitalize()} {money.score(shown)} of 100"
        yield Row((name, "", weight, money.score(given[side])), weight=600)
    yield Row(rule=2)
    place = money.place_with_rule(standing.place, tied=standing.tied, by=standing.place_by)
    yield Row((f"Total, place {place}", "", "", money.score(standing.total_1e2)), weight=700)
    if words := difference_words(added, given):
        yield Row((words,), tone="text2")


def _criterion(criterion: Criterion, result: CriterionResult | None) -> Row:
    name = f"{criterion.code}  {criterion.title}"
    if result is None or result.value_1e2 is None:
        return Row((name, "n/a", "", NOTHING), tone="muted")
    weight = f"× {_short(result.weight_1e2)}"
    cells = (name, _short(result.value_1e2), weight, money.score(result.points_1e2))
    return Row(cells, tone="text2")


def _short(value_1e2: int) -> str:
    """Return a mark or weight without decimals where it is whole."""
    return money.score(value_1e2).removesuffix(".00")


TITLE = "Explain this score"
COLUMNS = 4
HINT = "Choose an application in the list to see how its total, place and offer came about."


class ExplainPanel(Card):
    """The panel beside the ranked table; it follows the selection."""

    def __init__(self) -> None:
        super().__init__(inset=(2, 2))
        self._hint = HINT
        self._has_steps = False
        self._explanation: Explanation | None = None
        self._scheme: Scheme | None = None
        self._labels: list[Label] = []
        self._scroll = ScrollPane("Explanation")
        self.subject = small()  # its sum is never cut
        self.steps = Button("Every step", kind="link")
        self._copy = Button("", kind="quiet", icon="copy", name="Copy as text")
        set_tip(self._copy, "Copy as text")
        self.steps.clicked.connect(self._fold_steps)
        self._copy.clicked.connect(self.copy)
        head = row_of((self.subject, 1), spacing=2, edges=(12, 4, 4, 0))
        for button in (self.steps, self._copy):
            head.addWidget(button)
        nest(self.body, head)
        self.fill_with(self._scroll)
        self._scroll.setMinimumHeight(look.px(80))
        self._show()

    def explain(self, explanation: Explanation, scheme: Scheme) -> None:
        """Show another application's explanation, from its top; that of the same one stays where it is."""
        known, self._explanation, self._scheme = self._explanation, explanation, scheme
        self._show()
        if known is None or known.standing.reference != explanation.standing.reference:
            self._scroll.verticalScrollBar().setValue(0)

    def clear(self, words: str = HINT) -> None:
        """Show no explanation: how to get one, or why there is none."""
        self._hint, self._explanation = words, None
        self._show()

    @property
    def text(self) -> str:
        """Return the explanation as text, "" when none is shown."""
        if self._explanation is None or self._scheme is None:
            return ""
        return as_text(self._explanation, self._scheme)

    def focusable(self) -> QWidget:
        """Return what takes the focus when the panel is gone to."""
        return self._scroll

    @Slot()
    def copy(self) -> None:
        """Put the explanation on the clipboard as text."""
        if self.text:
            QGuiApplication.clipboard().setText(self.text)

    @Slot()
    def _fold_steps(self) -> None:
        """Show every step or none, and go to the first: they stand below the sum, out of sight."""
        folded = len(self._labels)
        self._has_steps = not self._has_steps
        self._show()
        QTimer.singleShot(0, self, partial(self._go_to, folded if self._has_steps else 0))

    def _go_to(self, number: int) -> None:
        """Put a label at the top, once all have their places; the first is the sum's."""
        label = self._labels[number] if 0 < number < len(self._labels) else None
        self._scroll.verticalScrollBar().setValue(0 if label is None else label.y())

    def _show(self) -> None:
        """Lay the lines out anew, and say above them of whom they tell."""
        is_explained = self._explanation is not None
        for button in (self.steps, self._copy):
            button.setVisible(is_explained)
        self.subject.setText(what_is_asked(self._explanation.standing) if self._explanation else TITLE)
        self.steps.show_words("Hide the steps" if self._has_steps else "Every step")
        page, self._labels = _laid(self._rows())
        show_again(self._scroll, page)

    def _rows(self) -> tuple[Row, ...]:
        if self._explanation is None or self._scheme is None:
            return (Row((self._hint,), 13, tone="muted"),)
        return explained_rows(self._explanation, self._scheme, has_steps=self._has_steps)


def _laid(rows: Sequence[Row]) -> tuple[QWidget, list[Label]]:
    """Return a page of rows under one another, and its labels; those of a sum stand in columns."""
    page, labels = QWidget(), list[Label]()
    grid = space(QGridLayout(page), (8, 2), (12, 2, 12, 8))
    grid.setColumnStretch(0, 1)
    for number, row in enumerate(rows):
        is_sum = len(row.cells) > 1
        for at, words in enumerate(row.cells):
            kind = ElidedLabel if is_sum and not at else Label
            label = kind(words, size=row.size, weight=row.weight, tone=row.tone)
            labels.append(label)
            grid.addWidget(label.right() if at else label, number, at, 1, 1 if is_sum else COLUMNS)
            label.setWordWrap(not is_sum)
        if row.rule:
            grid.addWidget(_rule(row.rule), number, 0, 1, COLUMNS)
        elif not row.cells:
            grid.setRowMinimumHeight(number, look.px(4))
    grid.setRowStretch(len(rows), 1)
    return page, labels


def _rule(thick: int) -> QFrame:
    line = QFrame()
    line.setFixedHeight(thick)
    line.setProperty("rule", thick)
    return line
