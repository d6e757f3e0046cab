"""A column is as wide as the widest of its words, though not all of them are measured as they stand."""

from PySide6.QtGui import QFontMetrics

from gui.app import Window
from gui.tables.column_widths import needs
from gui.tables.columns import Gives
from gui.tables.head_font import brief_width, head_width
from gui.tables.line_column import LineColumn
from gui.tables.room_for_words import EDGES, widest, widest_half
from gui.widgets.shorten import two_lines
from scoring.written.area_label import AreaLabel

NAMES = (
    "Lyngfield Lads and Lasses FC",
    "ਸਾਂਝ Sanjh Women's Circle",
    "Illicit-Illness Little Lilies",
    "WWW MMM",
    "Świetlica",
    "£1,111.00",
    "£2,345.67",
    "ACF-2026 117",
    "ACF-2026 004",
    "",
)
SUMS = [f"£{number:,}.{number % 97:02}" for number in range(1, 99_999, 97)]


def test_the_widest_and_the_widest_half_are_those_that_measuring_every_name_finds(window: Window) -> None:
    look = window.look
    metrics = QFontMetrics(look.font(13))
    halves = [half for name in NAMES for half in two_lines(metrics, name)]

    assert widest(look, NAMES, 13) == max(map(metrics.horizontalAdvance, NAMES)) + look.px(EDGES)
    assert widest_half(look, NAMES, 400) == max(map(metrics.horizontalAdvance, halves)) + look.px(EDGES)


def test_of_words_that_differ_in_figures_alone_the_widest_is_found(window: Window) -> None:
    look = window.look
    every = map(QFontMetrics(look.font(13, 600)).horizontalAdvance, SUMS)

    assert widest(look, SUMS, 13, 600) == max(every) + look.px(EDGES)


def test_a_column_without_words_needs_no_room(window: Window) -> None:
    assert (widest(window.look, [], 13), widest_half(window.look, ["", ""], 400)) == (0, 0)


def test_a_column_of_areas_has_room_for_the_offices_own_word(window: Window) -> None:
    look, column = window.look, LineColumn("area", "Area", str, str, width=60, gives_way=Gives.AREA)
    look.area_label = AreaLabel("Neighbourhood area")

    (found,) = needs(look, [column], ["Dudley"])

    assert found.wide >= head_width(look, "Neighbourhood area") > found.snug


def test_figures_with_a_long_head_do_with_its_brief_words(window: Window) -> None:
    look = window.look
    column = LineColumn("paid", "Paid less returned", str, str, is_right=True, width=60, brief="Net paid")

    _, found = needs(look, [LineColumn("award", "Award", str, str), column], ["£5"])

    assert found.wide == head_width(look, "Paid less returned")
    assert found.snug == brief_width(look, "Net paid")
