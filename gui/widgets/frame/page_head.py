"""The head of a page: its title over a line of words, and what can be done with the page beside them."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.widgets.flow import flow_of
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import column_of, row_of

SIDE = 3
"""What is left free at both sides, as beside the cards beneath, for the ring of what has the focus."""


def page_head(title: Label, words: ElidedLabel, parts: Iterable[QWidget]) -> QHBoxLayout:
    """Return a row with the parts at its end: the words give way before these go on beneath one another."""
    words.give_way_by_clauses()
    titles, flow = column_of(title, words, 1, spacing=0), flow_of(parts, 8, is_right=True)
    return row_of((titles, 1), column_of(1, flow, 1), spacing=8, edges=(SIDE, 0, SIDE, 0))
