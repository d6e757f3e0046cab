"""Colours keep their contrast, controls their edges, letters are those that ship; the deleted is let go."""

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QImage, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import gui
import resources
from gui.app import Window
from gui.listed.form import DataForm, reason_form
from gui.pages.settings.page import SettingsPage
from gui.settings import Settings
from gui.theme.fonts import Lettering, rename, shipped_families
from gui.theme.icons import drawn
from gui.theme.look import Choice, look, sheet_of
from gui.theme.tokens import Theme, Tone
from gui.widgets.field_error import FieldError
from gui.widgets.label import ElidedLabel
from gui.widgets.pill import Pill
from gui.widgets.tick_list import LongTick
from tests.gui.lettering import FONTS, WIDE, draw_with
from tests.gui.looks import look_of

THEMES = [Theme.light(), Theme.dark()]
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


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
@pytest.mark.parametrize("token", ["text", "text2", "muted", "accent_text"])
def test_text_stands_out_on_every_ground(theme: Theme, token: str) -> None:
    assert min(contrast(getattr(theme, token), getattr(theme, ground)) for ground in GROUNDS) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_edges_of_controls_and_the_ring_stand_out(theme: Theme) -> None:
    for token in ("control", "accent_text"):
        assert min(contrast(getattr(theme, token), getattr(theme, ground)) for ground in GROUNDS) >= 3


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_the_words_of_a_state_stand_out_on_its_fill(theme: Theme, tone: Tone) -> None:
    pair = theme.state(tone)

    assert contrast(pair.text, pair.fill) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_bars_stand_out_on_their_track(theme: Theme) -> None:
    bars = (theme.bar_recommended, theme.bar_part, theme.bar_consider, theme.bar_over)

    assert min(contrast(bar, theme.track) for bar in bars) >= 3


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_a_primary_button_can_be_read_also_under_the_pointer(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_accent, theme.accent_hover) >= 4.5


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_the_style_rules_leave_no_name_unfilled(theme: Theme) -> None:
    sheet = sheet_of(theme, round)

    assert "@" not in sheet
    assert "$" not in sheet
    assert "font" not in sheet  # sizes in rules would end text scaling


def test_every_state_has_a_shape_of_its_own(qapp: QApplication) -> None:
    shapes = {bytes(drawn(tone, "#000000", 24).constBits()) for tone in Tone}

    assert len(shapes) == len(Tone)


def test_high_contrast_takes_the_systems_own_colours(qapp: QApplication) -> None:
    palette = qapp.palette()
    theme = Theme.high_contrast(palette)

    assert not theme.is_tinted
    assert theme.surface == palette.color(palette.ColorRole.Base).name()
    assert all(theme.state(tone).fill == theme.surface for tone in Tone)


def test_lengths_and_fonts_follow_the_text_size(dressed: None) -> None:
    plain = look.px(40), look.font(13).pixelSize()

    look.set_percent(200)

    assert (look.px(40), look.font(13).pixelSize()) == (plain[0] * 2, plain[1] * 2)
    look.set_percent(100)


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


def test_the_rules_of_one_look_go_before_those_of_another_come(
    opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Putting new rules over old ones took one second the first time and longer each time after."""
    given: list[str] = []
    monkeypatch.setattr(opened.main, "setStyleSheet", given.append)

    for choice in (Choice.DARK, Choice.LIGHT):
        look.choose(choice)

    assert [bool(rules) for rules in given] == [False, True, False, True]
    assert given[1] != given[3]


LOOKS = (Choice.LIGHT, Choice.DARK)
MARGIN = 12


def combo() -> QWidget:
    box = QComboBox()
    box.addItems(["Everyone", "Somebody"])
    return box


def slider() -> QWidget:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setValue(50)
    return made


def ticked(kind: type[QCheckBox | QRadioButton]) -> QWidget:
    button = kind("Words")
    button.setChecked(True)
    return button


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "tick off": lambda: QCheckBox("Words"),
    "tick on": lambda: ticked(QCheckBox),
    "disc off": lambda: QRadioButton("Words"),
    "disc on": lambda: ticked(QRadioButton),
    "choice": combo,
    "number": QSpinBox,
    "date": QDateEdit,
    "slider": slider,
    "line": lambda: QLineEdit("words"),
    "text": lambda: QPlainTextEdit("words"),
    "list": QListWidget,
    "button": lambda: QPushButton("Words"),
}


def shown(qtbot: QtBot, make: Callable[[], QWidget]) -> tuple[QWidget, QWidget]:
    """Return a control on a page's ground, with that page."""
    page = QWidget()
    qtbot.addWidget(page)
    page.setObjectName("page")
    control = make()
    control.setParent(page)
    control.move(MARGIN, MARGIN)
    control.resize(control.sizeHint())
    page.resize(control.width() + 2 * MARGIN, control.height() + 2 * MARGIN)
    page.show()
    return page, control


def most(image: QImage, points: Iterator[tuple[int, int]], ground: str) -> float:
    return max(contrast(QColor(image.pixel(x, y)).name(), ground) for x, y in points)


@pytest.mark.parametrize("choice", LOOKS)
@pytest.mark.parametrize("name", CONTROLS)
def test_the_edge_of_a_control_stands_out_as_it_is_drawn(
    dressed: None, qtbot: QtBot, name: str, choice: Choice
) -> None:
    look.choose(choice)
    page, control = shown(qtbot, CONTROLS[name])

    image = page.grab().toImage()
    middle = MARGIN + control.height() // 2
    across = ((x, middle) for x in range(MARGIN, MARGIN + 12))

    assert most(image, across, look.theme.window) >= 3


@pytest.mark.parametrize("choice", LOOKS)
@pytest.mark.parametrize("name", ["choice", "number"])
def test_the_arrow_of_a_control_stands_out_on_its_fill(
    dressed: None, qtbot: QtBot, name: str, choice: Choice
) -> None:
    look.choose(choice)
    page, control = shown(qtbot, CONTROLS[name])

    image = page.grab().toImage()
    right = MARGIN + control.width()
    inside = ((x, y) for x in range(right - 20, right - 4) for y in range(MARGIN + 4, MARGIN + 24))

    assert most(image, inside, look.theme.surface) >= 3


def test_a_number_that_is_only_read_has_one_fill(dressed: None, qtbot: QtBot) -> None:
    page, control = shown(qtbot, QSpinBox)
    control.setEnabled(False)

    image = page.grab().toImage()
    beside = (MARGIN + control.width() // 2, MARGIN + control.width() - 4)
    fills = {QColor(image.pixel(x, MARGIN + control.height() // 2)).name() for x in beside}

    assert fills == {look.theme.sunken.lower()}


@pytest.mark.parametrize("choice", LOOKS)
@pytest.mark.parametrize("name", ["choice", "number", "slider", "line", "text"])
def test_a_control_with_the_focus_looks_another(
    dressed: None, qtbot: QtBot, name: str, choice: Choice
) -> None:
    look.choose(choice)
    page, control = shown(qtbot, CONTROLS[name])
    before = page.grab().toImage()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    control.setFocus(Qt.FocusReason.ShortcutFocusReason)
    after = page.grab().toImage()

    assert before != after


def test_ticks_and_arrows_grow_with_the_text(dressed: None, qtbot: QtBot) -> None:
    sizes = []
    for percent in (100, 200):
        look.set_percent(percent)
        _, box = shown(qtbot, CONTROLS["tick on"])
        option = QStyleOptionButton()
        option.initFrom(box)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        sizes.append(box.style().subElementRect(part, option, box).width())

    assert sizes == [18, 36]


@pytest.mark.parametrize("percent", [100, 200])
def test_the_words_of_a_choice_have_room_at_any_text_size(dressed: None, qtbot: QtBot, percent: int) -> None:
    look.set_percent(percent)
    _, box = shown(qtbot, CONTROLS["choice"])
    page = box.grab().toImage()
    words = box.fontMetrics().horizontalAdvance("Somebody")

    assert page.width() >= words + look.px(8 + 24)


@pytest.mark.parametrize("name", CONTROLS)
def test_every_control_is_a_target_of_24_by_24(dressed: None, qtbot: QtBot, name: str) -> None:
    _, control = shown(qtbot, CONTROLS[name])

    assert control.height() >= 24
    assert control.width() >= 24


@pytest.mark.parametrize("width", [600, 220])
def test_the_words_of_a_long_tick_are_never_cut(dressed: None, qtbot: QtBot, width: int) -> None:
    words = "Keep insurance, a safeguarding policy and DBS checks in force for as long as the project runs."
    box = LongTick(words)
    box.setFont(look.font(12))
    qtbot.addWidget(box)
    box.resize(width, box.heightForWidth(width))
    box.show()
    line = box.fontMetrics().height()

    needed = -(-box.fontMetrics().horizontalAdvance(words) // width)  # one line at 600, more at 220
    assert box.height() >= needed * line
    assert (box.height() < 2 * line) == (needed == 1)
    bottom = QPoint(width - 20, box.height() - 4)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=bottom)
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


def test_one_line_of_text_stays_one_where_several_were_typed(dressed: None) -> None:
    one, several = ElidedLabel("Amended: asked for"), ElidedLabel()
    several.setText("Amended:\nasked for")

    assert several.text() == "Amended: asked for"
    assert several.sizeHint().height() == one.sizeHint().height()


DRAWS = """
import os, sys, tempfile
from pathlib import Path
from gui.app import Window, application
from gui.record.runner import InlineRunner
from gui.settings import Settings
def draw(record, picture, fonts):
    os.environ["FONTCONFIG_FILE"] = fonts
    app = application()
    with tempfile.TemporaryDirectory() as kept:
        settings = Settings(Path(kept))
        settings.person = "Priya Nair"
        window = Window(app, InlineRunner(), settings)
        window.main.show()
        window.controller.open(record)
        window.main.tools.go("settings")
        for _ in range(4):
            app.processEvents()
        window.main.pages.grab().save(picture)
        window.workspace.finish(window.main.let_close)
for fonts in sys.argv[3:]:
    child = os.fork()
    if not child:
        try:
            draw(Path(sys.argv[1]), f"{sys.argv[2]}/{Path(fonts).name}.png", fonts)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Draws a page that shows no time and no folder, once for each computer: what it loads, it loads once."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system forks no processes")
def test_a_page_is_drawn_alike_whatever_fonts_the_computer_has(record_path: Path, tmp_path: Path) -> None:
    fonts = [FONTS / name for name in ("none.conf", "other.conf")]
    # A locale that the computer was told of and does not have would be told of by Qt, in place of the fonts.
    environment = {**os.environ, "PYTHONPATH": str(FONTS.parents[2]), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", DRAWS, str(record_path), str(tmp_path), *map(str, fonts)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    without, with_others = ((tmp_path / f"{one.name}.png").read_bytes() for one in fonts)
    assert without == with_others


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_all_figures_are_of_equal_width_in_the_letters_that_ship(window: Window, weight: int) -> None:
    font = look.font(13, weight)
    metrics = QFontMetricsF(font)

    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    assert QFontInfo(font).family() == shipped_families()[0]
    assert QFontInfo(font).bold() is (weight >= 600)


@pytest.mark.parametrize("letter", "−✓→⊘≤☐ĄŵਪŁ")
def test_every_letter_that_the_window_prints_ships(window: Window, letter: str) -> None:
    fonts = [QRawFont.fromFont(QFont(family)) for family in look.font().families()]

    assert any(font.supportsCharacter(ord(letter)) for font in fonts)


def test_a_family_that_ships_has_a_name_that_no_computer_has() -> None:
    font = resources.path("fonts/NotoSans-Regular.ttf").read_bytes()

    changed = bytearray(font)
    rename(changed)

    assert len(changed) == len(font)
    assert "Noto Sans".encode("utf-16-be") not in changed
    assert not {"Noto Sans", "DejaVu Sans", "Noto Sans Gurmukhi"} & set(shipped_families())
    assert set(shipped_families()) <= set(QFontDatabase.families())


def test_the_computers_own_letters_are_chosen_in_settings_and_kept(
    qapp: QApplication, settings: Settings, request: pytest.FixtureRequest
) -> None:
    draw_with(WIDE, qapp, settings)
    settings.lettering = Lettering.SHIPPED
    window: Window = request.getfixturevalue("window")
    window.main.tools.go("settings")
    page = window.main.pages.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.letters.currentText() == "Grant Panel's own, Noto Sans"

    page.letters.activated.emit(1)

    assert QFontInfo(look.font()).family() == WIDE
    assert settings.lettering is Lettering.COMPUTER
    assert page.letters.currentText() == "The computer's own"
    page.letters.activated.emit(0)
    assert QFontInfo(page.says.font()).family() == shipped_families()[0]
    assert settings.lettering is Lettering.SHIPPED


def test_a_computer_that_names_no_real_family_draws_with_the_one_it_means(
    qapp: QApplication, settings: Settings
) -> None:
    draw_with(WIDE, qapp, settings)
    qapp.setFont(QFont("Sans Serif", 18))
    meant, size = QFontInfo(qapp.font()).family(), QFontInfo(qapp.font()).pixelSize()

    look.begin(qapp, lettering=Lettering.COMPUTER)

    assert meant not in ("", "Sans Serif")
    assert (size > 13, look.px(13)) == (True, size)
    assert QFontInfo(look.font()).family() == meant


def test_a_setting_that_nobody_wrote_means_the_letters_that_ship(settings: Settings) -> None:
    settings.keep("letters", "gothic")

    assert settings.lettering is Lettering.SHIPPED


def test_every_part_of_a_window_on_show_takes_another_text_size(window: Window) -> None:
    window.main.show()
    window.main.tools.go("settings")
    QApplication.processEvents()
    parts = [*window.main.findChildren(QComboBox), *window.main.findChildren(QCheckBox)]
    assert parts
    for percent in (200, 100):
        look.set_percent(percent)

        assert {part.font().pixelSize() for part in parts} == {look.px(13)}


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


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Qt's own calls raised."""
    found: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: found.append(str(error)))
    return found


def refused(parent: QWidget) -> QDialog:
    dialog = DataForm(reason_form("Reopen", ("It is handed in.",), "Reopen"), parent)
    dialog.do.click()
    return dialog


def holding(make: Callable[[], QWidget]) -> Callable[[QWidget], QDialog]:
    def made(parent: QWidget) -> QDialog:
        dialog = QDialog(parent)
        QVBoxLayout(dialog).addWidget(make())
        return dialog

    return made


@pytest.mark.parametrize(
    "make",
    [refused, holding(FieldError), holding(lambda: Pill("Fund"))],
    ids=["a refusal", "a line for faults", "a pill"],
)
def test_what_somebody_still_holds_of_a_deleted_dialog_hears_of_no_look(
    qapp: QApplication, qtbot: QtBot, raised: list[str], make: Callable[[QWidget], QDialog]
) -> None:
    look_of(qapp)
    parent = QWidget()
    qtbot.addWidget(parent)
    outer = make(parent)
    inner = make(outer)
    held = [outer, inner, *outer.findChildren(QWidget)]
    outer.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    look.set_percent(150)
    look.set_percent(100)

    assert not any(isValid(one) for one in held)
    assert raised == []
