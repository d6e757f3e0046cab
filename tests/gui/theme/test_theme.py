"""Colours keep their contrast, the focus is seen, and letters are those that ship."""

import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
)
from pytestqt.qtbot import QtBot

import gui
from gui.app import Window
from gui.pages.settings.page import SettingsPage
from gui.settings import Settings
from gui.theme.glyphs import Lettering, drawn, shipped_families
from gui.theme.look import Theme, Tone, look
from gui.widgets.tick_list import in_lines
from tests.gui.lettering import WIDE, draw_with
from tests.gui.looks import look_of
from tests.gui.pressing import page_of

GROUNDS = ("window", "sidebar", "surface", "sunken", "hover", "selected")


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    shade = QColor(colour)
    parts = (shade.redF(), 0.2126), (shade.greenF(), 0.7152), (shade.blueF(), 0.0722)
    return sum(share * linear(part) for part, share in parts)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark()], ids=["light", "dark"])
def test_text_edges_states_and_bars_stand_out_on_what_they_stand_on(theme: Theme) -> None:
    grounds = [getattr(theme, ground) for ground in GROUNDS]
    for token in ("text", "text2", "muted", "accent_text"):
        assert min(contrast(getattr(theme, token), ground) for ground in grounds) >= 4.5, token
    for token in ("control", "accent_text"):  # edges of controls, and the ring
        assert min(contrast(getattr(theme, token), ground) for ground in grounds) >= 3, token
    for tone in Tone:
        assert contrast(theme.state(tone).text, theme.state(tone).fill) >= 4.5, tone
    for bar in (theme.bar_recommended, theme.bar_part, theme.bar_consider, theme.bar_over):
        assert contrast(bar, theme.track) >= 3
    for ground in (theme.accent, theme.accent_hover):  # a primary button, also under the pointer
        assert contrast(theme.on_accent, ground) >= 4.5


def test_every_state_has_a_shape_of_its_own_and_high_contrast_takes_the_systems_colours(
    qapp: QApplication,
) -> None:
    shapes = {bytes(drawn(tone, "#000000", 24).constBits()) for tone in Tone}

    assert len(shapes) == len(Tone)

    palette = qapp.palette()
    theme = Theme.high_contrast(palette)

    assert not theme.is_tinted
    assert theme.surface == palette.color(palette.ColorRole.Base).name()
    assert all(theme.state(tone).fill == theme.surface for tone in Tone)


def test_a_look_begun_anew_tells_nobody_from_before_and_each_once(qapp: QApplication) -> None:
    """One window follows another within a test run; what is left of the first costs nothing."""
    told: list[str] = []
    look_of(qapp)
    look.follow(lambda: told.append("before"))
    look_of(qapp)
    look.follow(lambda: told.append("since"))
    told.clear()

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert told == ["since"]


def test_the_words_of_a_long_tick_are_never_cut(dressed: None, qtbot: QtBot) -> None:
    words = "Keep insurance, a safeguarding policy & DBS checks in force for as long as the project runs."
    box = QCheckBox(in_lines(words))
    qtbot.addWidget(box)
    box.show()

    assert box.text().replace("\n", " ") == words.replace("&", "&&")
    assert box.sizeHint().height() >= 2 * box.fontMetrics().height()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(40, box.height() - 6))
    assert box.isChecked()


@pytest.mark.parametrize("letter", "−✓→⊘≤☐ĄŵਪŁ")
def test_every_letter_that_the_window_prints_ships(window: Window, letter: str) -> None:
    fonts = [QRawFont.fromFont(QFont(family)) for family in look.font().families()]

    assert any(font.supportsCharacter(ord(letter)) for font in fonts)


def test_the_computers_own_letters_are_chosen_in_settings_and_kept(
    qapp: QApplication, settings: Settings, request: pytest.FixtureRequest
) -> None:
    draw_with(WIDE, qapp, settings)
    settings.lettering = Lettering.SHIPPED
    window: Window = request.getfixturevalue("window")
    window.main.tools.go("settings")
    page = page_of(window, SettingsPage)
    assert page.letters.currentText() == "Grant Panel's own, Noto Sans"

    page.letters.activated.emit(1)

    assert QFontInfo(look.font()).family() == WIDE
    assert settings.lettering is Lettering.COMPUTER
    assert page.letters.currentText() == "The computer's own"
    page.letters.activated.emit(0)
    assert QFontInfo(page.says.font()).family() == shipped_families()[0]
    assert settings.lettering is Lettering.SHIPPED


CONNECTED = re.compile(r"connect\(self\.(\w+)\)")


def kinds(base: type[QObject]) -> Iterator[type[QObject]]:
    """Every class of the window's own that is made from another."""
    for kind in base.__subclasses__():
        if kind.__module__.startswith("gui."):
            yield kind
        yield from kinds(kind)


@cache
def connected(kind: type[QObject]) -> set[str]:
    """The methods that a class connects itself to something with."""
    own = [base for base in kind.__mro__ if base.__module__.startswith("gui.")]
    return {name for base in own for name in connected_in(base)}


@cache
def connected_in(kind: type[QObject]) -> set[str]:
    """The methods of its own that a class says to connect itself with."""
    return {name for name in CONNECTED.findall(inspect.getsource(kind)) if name in vars(kind)}


def test_no_class_takes_over_the_slot_that_the_one_it_is_made_from_is_connected_by() -> None:
    """Qt would not disconnect it once the widget is deleted, and call into what is gone (PySide 6.11)."""
    for module in walk_packages(gui.__path__, "gui."):
        import_module(module.name)

    taken = {
        f"{kind.__name__}.{name} of {base.__name__}"
        for kind in kinds(QObject)
        for base in kind.__mro__[1:]
        if base.__module__.startswith("gui.")
        for name in connected(base) & set(vars(kind))
    }

    assert not taken, f"connect to a slot that calls another method: {', '.join(sorted(taken))}"
