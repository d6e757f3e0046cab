"""Draw every page and main dialog of the window as pictures, light and dark, without a display."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from gui.identity import identity_of
from gui.theme.look import Choice

if TYPE_CHECKING:
    from gui.app import Window

SIZE = (1366, 768)
DIALOGS = ("person", "search")
BOXES = (
    ("sign", "decisions", ("Sign recommendations…",), ""),
    ("start", "criteria", ("Start a round…",), ""),
    ("publish", "criteria", ("Amend with a reason", "Publish version 2…"), "Put back"),
)
"""Dialogs that a page's buttons open: the picture, the page, what to press, and what leaves it as it was."""
SETTLING = 4
"""Rounds of events until scroll bars and layouts have settled: each may ask for another."""
LOOKS = (Choice.LIGHT, Choice.DARK)


def draw(app: QApplication, window: "Window", record: Path, folder: Path) -> tuple[Path, ...]:
    """Draw a window whose work is done inline, on a record, into a folder; return the pictures written."""
    folder.mkdir(parents=True, exist_ok=True)
    window.main.show()
    window.main.resize(*SIZE)
    window.desk.open(record)
    window.desk.rounds.choose_round(window.desk.rounds.lines[0].round_id)
    _sit_in_the_chair(window)
    written = tuple(picture for look in LOOKS for picture in _drawn(app, window, look, folder))
    window.workspace.finish(window.main.let_close)
    return written


def _sit_in_the_chair(window: "Window") -> None:
    """Use the window as the chair of the round, where it has one."""
    chairs = [part for part in window.desk.rounds.parts if part.role == "chair"]
    if chairs:
        window.main.tools.use_as(identity_of(chairs[0]))


def _drawn(app: QApplication, window: "Window", look: Choice, folder: Path) -> Iterator[Path]:
    window.look.choose(look)
    tools = window.main.tools
    for key in sorted(tools.pages):
        tools.go(key)
        yield _picture(app, window.main, folder / f"{key}-{look}.png")
    yield from _import(app, window, folder / f"import-{look}.png")
    for name, key, presses, back in BOXES:
        tools.go(key)
        if all(_press(window, words) for words in presses):
            yield from _dialog(app, window, folder / f"{name}-{look}.png")
        _press(window, back)
    tools.go("overview")
    for name in DIALOGS:
        tools.actions[name].trigger()
        yield from _dialog(app, window, folder / f"{name}-{look}.png")
    window.main.header.stages.click()
    yield from _dialog(app, window, folder / f"stage-{look}.png")


def _import(app: QApplication, window: "Window", path: Path) -> Iterator[Path]:
    """Draw the first step of the import, which takes the place of the page."""
    window.main.tools.go("applications")
    if _press(window, "Import"):
        yield _picture(app, window.main, path)
        _press(window, "Leave the import")


def _press(window: "Window", words: str) -> bool:
    """Press a button of the page on show, where it is there to be pressed."""
    page = window.main.pages.currentWidget()
    for button in page.findChildren(QPushButton) if page is not None else ():
        if button.text() == words and button.isVisible() and button.isEnabled():
            button.click()
            return True
    return False


def _dialog(app: QApplication, window: "Window", path: Path) -> Iterator[Path]:
    dialog = window.desk.dialog
    if dialog is not None:
        yield _picture(app, dialog, path)
        dialog.reject()


def _picture(app: QApplication, widget: QWidget, path: Path) -> Path:
    for _ in range(SETTLING):
        app.processEvents()
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} could not be written")
    return path
