"""A pot's tile says its first figure whole where there is no room for both."""

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.theme.look import Look
from gui.widgets.pot import Pot, PotFigures


def test_a_figure_is_never_cut_at_its_thousands(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, painted = Look(qapp), list[str]()
    pot = Pot(look, PotFigures(None, "All areas", "£41,640 left, £2,050 over the pot, allowed", 500))
    qtbot.addWidget(pot)
    plain = QPainter.drawText
    monkeypatch.setattr(QPainter, "drawText", lambda *given: painted.append(given[-1]) or plain(*given))

    pot.resize(120, pot.sizeHint().height())
    pot.grab()

    assert painted == ["All areas", "£41,640 left"]
    look.deleteLater()
