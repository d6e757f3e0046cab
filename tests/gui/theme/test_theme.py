"""The colours keep the contrast that is stated for them, in both looks, and shapes all ship."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.theme.icons import Icons
from gui.theme.look import Choice
from gui.theme.style import sheet_of
from gui.theme.tokens import Theme, Tone
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
    icons = Icons()

    shapes = {bytes(icons.pixmap(tone, "#000000", 24).toImage().constBits()) for tone in Tone}

    assert len(shapes) == len(Tone)


def test_high_contrast_takes_the_systems_own_colours(qapp: QApplication) -> None:
    palette = qapp.palette()
    theme = Theme.high_contrast(palette)

    assert not theme.is_tinted
    assert theme.surface == palette.color(palette.ColorRole.Base).name()
    assert all(theme.state(tone).fill == theme.surface for tone in Tone)


def test_lengths_and_fonts_follow_the_text_size(qapp: QApplication) -> None:
    look = look_of(qapp)
    plain = look.px(40), look.font(13).pixelSize()

    look.set_percent(200)

    assert (look.px(40), look.font(13).pixelSize()) == (plain[0] * 2, plain[1] * 2)
    look.set_percent(100)
    look.deleteLater()


def test_the_rules_of_one_look_go_before_those_of_another_come(
    opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Putting new rules over old ones took one second the first time and longer each time after."""
    given: list[str] = []
    monkeypatch.setattr(opened.main, "setStyleSheet", given.append)

    for choice in (Choice.DARK, Choice.LIGHT):
        opened.look.choose(choice)

    assert [bool(rules) for rules in given] == [False, True, False, True]
    assert given[1] != given[3]
