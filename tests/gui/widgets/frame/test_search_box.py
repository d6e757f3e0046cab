"""The search box says as much as it has room for, also before the room that it asked for is given to it."""

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from gui.theme.look import Choice
from gui.widgets.frame.search_box import GLYPH, TIGHT, WIDE, SearchBox
from tests.gui.looks import look_of


@pytest.mark.parametrize(
    ("width", "said"),
    [(GLYPH, []), (TIGHT, ["Search", "Ctrl K"]), (WIDE, ["Search or command", "Ctrl K"])],
)
def test_words_and_key_wait_for_their_room(
    qapp: QApplication, width: int, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look = look_of(qapp, Choice.LIGHT, 100)
    box = SearchBox(look)
    box.show_key("Ctrl+K")
    box.resize(look.px(width), look.px(32))
    painted: list[str] = []
    monkeypatch.setattr(QPainter, "drawText", lambda _, *said: painted.append(said[-1]))

    box.grab()

    assert painted == said
