"""The sheet of the item on show: its head and foot pinned, what is between them scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.card import Card


class ItemCard(Card):
    """A head, parts that scroll together, and a foot."""

    def __init__(self, look: Look, head: QWidget, parts: Sequence[QWidget], foot: QWidget) -> None:
        super().__init__(look, inset=(1, 1))
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for part in parts:
            inner.addWidget(part)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(page)
        page.setAutoFillBackground(False)
        self.body.addWidget(head)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(foot)
