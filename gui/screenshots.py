"""Draw every page and main dialog of the window as pictures, light and dark, without a display."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, json
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

import resources
from gui.access.identity import identity_of
from gui.pages.applications.importing.steps import FileStep
from gui.pages.papers.exports.page import ExportsPage
from gui.theme.look import Choice, look
from models.role import Role

if TYPE_CHECKING:
    from gui.app import Window

SIZE = (1366, 768)
CHAIR = Role.CHAIR
FOLDER = Path("Documents", "Grant Panel")
"""The folder that Papers is drawn with, since the record that is drawn lies aside."""


class Scene(Struct, frozen=True):
    """A picture: its name, the page, where the header stands, at what, and who is looking.

    `presses` are the buttons pressed first, `file` the sample's workbook that an import is given then, and
    `then` what is pressed after it; `back` leaves the page as it was. A scene whose area, person or button
    is not there is left out; a page is always drawn.
    """

    name: str
    page: str
    area: str | None = None
    reference: str = ""
    role: str = CHAIR
    presses: tuple[str, ...] = ()
    file: str = ""
    then: tuple[str, ...] = ()
    back: str = ""
    is_dialog: bool = False


class _Scenes(Struct, frozen=True):
    """Where the pages are drawn that show most in one area (all others show all); what else is drawn."""

    pages: tuple[Scene, ...]
    others: tuple[Scene, ...]


_SCENES = json.decode(resources.text("window/scenes.json"), type=_Scenes)
PAGES, OTHERS = {one.page: one for one in _SCENES.pages}, _SCENES.others
DIALOGS = ("person", "search")
STAGES = ("stage", "stages")
SETTLING = 4
"""Rounds of events until scroll bars and layouts have settled: each may ask for another."""
LOOKS = (Choice.LIGHT, Choice.DARK)


def draw(app: QApplication, window: "Window", record: Path, folder: Path) -> tuple[Path, ...]:
    """Draw a window whose work is done inline, on a record, into a folder; return the pictures written."""
    folder.mkdir(parents=True, exist_ok=True)
    window.main.show()
    window.main.resize(*SIZE)
    window.controller.open(record)
    written = tuple(picture for choice in LOOKS for picture in _drawn(app, window, choice, folder))
    window.workspace.finish(window.main.let_close)
    return written


def _sit_as(window: "Window", role: str) -> bool:
    """Use the window as the first of the round's people in a role, where it has one."""
    people = [part for part in window.controller.rounds.parts if part.role == role]
    if people:
        window.main.tools.use_as(identity_of(people[0]))
    return bool(people)


def _drawn(app: QApplication, window: "Window", choice: Choice, folder: Path) -> Iterator[Path]:
    look.choose(choice)
    tools = window.main.tools
    _sit_as(window, CHAIR)
    for key in sorted(tools.pages):
        _stand(window, PAGES.get(key, Scene(key, key)))
        yield _picture(app, window.main, folder / f"{key}-{choice}.png")
    for scene in OTHERS:
        if _sit_as(window, scene.role) and _stand(window, scene):
            yield from _scene(app, window, scene, folder / f"{scene.name}-{choice}.png")
    _sit_as(window, CHAIR)
    tools.go("overview")
    for name in DIALOGS:
        tools.actions[name].trigger()
        yield from _dialog(app, window, folder / f"{name}-{choice}.png")
    for name, area in zip(STAGES, (_an_area(window), None), strict=True):
        tools.choose_area(area)
        window.main.header.stages.click()
        yield from _dialog(app, window, folder / f"{name}-{choice}.png")


def _stand(window: "Window", scene: Scene) -> bool:
    """Go where a scene stands; its area and reference only where the round has them."""
    place = window.controller.rounds.place
    there = () if place is None else [area.name for area in place.line.areas]
    is_there = scene.area is None or scene.area in there
    window.main.tools.choose_area(scene.area if is_there else None)
    window.main.tools.go(scene.page, scene.reference if is_there else "")
    window.controller.badges.count()  # at once: a picture does not wait for it
    page = window.main.pages.current
    if isinstance(page, ExportsPage):
        page.choices.papers.take(FOLDER)
    return is_there and scene.page in window.main.tools.pages


def _an_area(window: "Window") -> str | None:
    place = window.controller.rounds.place
    return place.line.areas[-1].name if place is not None else None


def _scene(app: QApplication, window: "Window", scene: Scene, path: Path) -> Iterator[Path]:
    """Draw the dialog that the presses open, or the page that says why none opens."""
    _settle(app)
    if _pressed(window, scene.presses) and _given(window, scene.file) and _pressed(window, scene.then):
        if scene.is_dialog and window.controller.dialog is not None:
            yield from _dialog(app, window, path)
        else:
            yield _picture(app, window.main, path)
    _press(window, scene.back)


def _pressed(window: "Window", buttons: tuple[str, ...]) -> bool:
    return all(_press(window, words) for words in buttons)


def _given(window: "Window", name: str) -> bool:
    """Give the import on show a workbook of the sample; without a name there is nothing to give."""
    for step in window.main.pages.findChildren(FileStep) if name else ():
        step.chosen.emit((resources.path(f"sample/{name}"),))
    return True


def _press(window: "Window", words: str) -> bool:
    """Press a button of the page on show, where it is there to be pressed."""
    page = window.main.pages.currentWidget()
    for button in page.findChildren(QAbstractButton) if page is not None and words else ():
        if button.text() == words and button.isVisible() and button.isEnabled():
            button.click()
            return True
    return False


def _dialog(app: QApplication, window: "Window", path: Path) -> Iterator[Path]:
    dialog = window.controller.dialog
    if dialog is not None:
        yield _picture(app, dialog, path)
        dialog.reject()


def _settle(app: QApplication) -> None:
    for _ in range(SETTLING):
        app.processEvents()


def _picture(app: QApplication, widget: QWidget, path: Path) -> Path:
    _settle(app)
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} could not be written")
    return path
