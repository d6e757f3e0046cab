"""Windows that are not painted: most tests look at what a window says and does, and at no picture of it.

Painting takes a seventh of such a test. What is painted, and that painting holds for every page, dialog,
look and size, is looked at by the tests with the mark `painted`; so is the window in the soak.
"""

from collections.abc import Callable
from functools import wraps

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from gui.dialogs.dialog import Dialog
from gui.shell.main_window import MainWindow
from tests.safety import table

_grab = QWidget.grab


@pytest.fixture(autouse=True)
def unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint no window and no dialog in this test, but for the mark `painted`; nor take a picture of one."""
    if request.node.get_closest_marker("painted") or table.is_full(request.config):
        return
    for kind in (MainWindow, Dialog):
        monkeypatch.setattr(kind, "__init__", _without_updates(kind.__init__))
    monkeypatch.setattr(QWidget, "grab", _grabbed)


def _without_updates(made: Callable[..., None]) -> Callable[..., None]:
    @wraps(made)
    def make(self: QWidget, *arguments: object, **more: object) -> None:
        made(self, *arguments, **more)
        self.setUpdatesEnabled(False)

    return make


def _grabbed(widget: QWidget, *where: object) -> QPixmap:
    assert widget.updatesEnabled(), "a test that takes a picture of a window has the mark painted"
    return _grab(widget, *where)
