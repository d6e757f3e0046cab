"""A pot's tile says its first figure whole where there is no room for both."""

import pytest
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.theme.tokens import Tone
from gui.widgets.pot import Pot, PotFigures
from tests.gui.looks import look_of
from tests.gui.walking import pixels


def test_a_figure_is_never_cut_at_its_thousands(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, painted = look_of(qapp), list[str]()
    pot = Pot(look, PotFigures(None, "All areas", "£41,640 left, £2,050 over the pot, allowed", 500))
    qtbot.addWidget(pot)
    plain = QPainter.drawText
    monkeypatch.setattr(QPainter, "drawText", lambda *given: painted.append(given[-1]) or plain(*given))

    pot.resize(120, pot.sizeHint().height())
    pot.grab()

    assert painted == ["All areas", "£41,640 left"]
    look.deleteLater()


def test_what_is_over_a_pot_is_painted_in_two_colours_beside_it(qapp: QApplication, qtbot: QtBot) -> None:
    """Of a pot of £20,000, £1,000 more is allowed and £500 is not: 50 and 25 thousandths."""
    look = look_of(qapp)
    pot = Pot(look, PotFigures("Dudley", "Dudley", "£1,500 over", 1000, True, over_1e3=(50, 25)))
    qtbot.addWidget(pot)
    pot.resize(220, pot.sizeHint().height())

    shades = {QColor(shade).name() for shade in set(pixels(pot.grab().toImage()).flatten().tolist())}

    theme = look.theme
    wanted = (theme.bar_recommended, theme.state(Tone.WARNING).text, theme.bar_over)
    assert {shade.lower() for shade in wanted} <= shades
