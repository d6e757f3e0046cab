"""The overview's bars leave their amounts to be read, in any letters, at any size and width."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.overview.figures import budget_bars, progress_bars
from gui.settings import Settings
from gui.theme.look import Choice
from gui.widgets.charts.bars import BarChart
from models.queries.deciding.allowances import BudgetLine
from models.queries.panel.left_to_do import Progress
from models.values.rows import MemberRow
from tests.gui.lettering import FAMILIES, draw_with
from tests.gui.looks import look_of
from tests.gui.painted_words import PaintedWords

LINES = (
    BudgetLine("Coventry", 21_870_00, 0, 20_000_00, beyond=1_870_00),
    BudgetLine("Wolverhampton and the Black Country", 18_000_00, 9_450_50, 20_000_00),
    BudgetLine("Sandwell", 0, 0, 1_250_000_00),
)
MEMBERS = (Progress(MemberRow("A", "Jo Adeyemi-Featherstonehaugh"), 1_118, 1_145),)


class Painted:
    """Notes where bars and words are painted."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.bars: list[QRectF] = []
        self.words: dict[str, QRectF] = {}
        rounded, text = QPainter.drawRoundedRect, QPainter.drawText
        patch.setattr(QPainter, "drawRoundedRect", self._noting_bars(rounded))
        patch.setattr(QPainter, "drawText", self._noting_words(text))

    def _noting_bars(self, plain: Callable[..., None]) -> Callable[..., None]:
        def drawn(painter: QPainter, rect: QRectF, *more: Any) -> None:
            self.bars.append(QRectF(rect))
            plain(painter, rect, *more)

        return drawn

    def _noting_words(self, plain: Callable[..., None]) -> Callable[..., None]:
        def drawn(painter: QPainter, room: QRectF, align: Qt.AlignmentFlag, words: str) -> None:
            place = QRectF(room)
            if align & Qt.AlignmentFlag.AlignRight:
                place.setLeft(room.right() - painter.fontMetrics().horizontalAdvance(words))
            self.words[words] = place
            plain(painter, room, align, words)

        return drawn


def budget() -> BarChart:
    return BarChart(budget_bars(LINES))


def progress() -> BarChart:
    return BarChart(progress_bars(MEMBERS, "A"))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("percent", "wide"), [(100, 368), (100, 300), (200, 736), (200, 1200)])
@pytest.mark.parametrize("made", [budget, progress])
def test_no_bar_is_painted_over_a_figure(
    qapp: QApplication,
    qtbot: QtBot,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    made: Callable[[], BarChart],
    family: str,
    percent: int,
    wide: int,
) -> None:
    draw_with(family, qapp, settings)
    look_of(qapp, Choice.LIGHT, percent, settings.lettering)
    chart = made()
    qtbot.addWidget(chart)
    chart.resize(wide, chart.sizeHint().height())
    cut = PaintedWords(monkeypatch)
    painted = Painted(monkeypatch)

    chart.grab()

    figures = [place for words, place in painted.words.items() if words.strip()[:1] in "£–0123456789o"]
    assert len(figures) >= len(chart.marks)
    assert not [bar for bar in painted.bars for place in figures if bar.intersects(place)]
    assert cut.take() == []
