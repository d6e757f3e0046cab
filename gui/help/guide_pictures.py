"""Pictures in the guide, as wide as the text is; each is a link to itself as large as it is."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument, QTextFormat, QTextImageFormat
from PySide6.QtWidgets import QTextBrowser

import resources
from gui.widgets.tips import set_tip

SMOOTH = Qt.TransformationMode.SmoothTransformation
"""How a picture is made smaller: the text itself would leave lines out of it."""
LARGE = "large:"
"""How the address of a picture begins that is to be seen large."""


class _Shown(NamedTuple):
    """A picture on show, and where it stands in the text."""

    form: QTextImageFormat
    begins: int
    ends: int


def fit_pictures(pages: QTextBrowser) -> None:
    """Give every picture on show the width of the text, never more than its own, and let it be opened."""
    document = pages.document()
    room = pages.viewport().width() - 2 * document.documentMargin()
    for picture in list(_pictures(document)):
        form = picture.form
        own = QImage(str(resources.path("help") / form.name()))
        width = min(room, own.width())
        drawn = own.scaledToWidth(min(round(width * pages.devicePixelRatioF()), own.width()), SMOOTH)
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(form.name()), drawn)
        form.setWidth(width)
        form.setAnchor(True)
        form.setAnchorHref(LARGE + form.name())
        set_tip(form, f"{_words_of(form)}: see it large")
        cursor = QTextCursor(document)
        cursor.setPosition(picture.begins)
        cursor.setPosition(picture.ends, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)


def words_of_picture(pages: QTextBrowser, name: str) -> str:
    """Return the words of a picture on show, by the file's name."""
    found = (_words_of(one.form) for one in _pictures(pages.document()) if one.form.name() == name)
    return next(found, "")


def _words_of(form: QTextImageFormat) -> str:
    return str(form.property(QTextFormat.Property.ImageAltText) or "")


def _pictures(document: QTextDocument) -> Iterator[_Shown]:
    block = document.begin()
    while block.isValid():
        for run in block.textFormats():
            form = run.format.toImageFormat()
            if form.isValid():
                begins = block.position() + run.start
                yield _Shown(form, begins, begins + run.length)
        block = block.next()


def find_pictures(pages: QTextBrowser) -> None:
    """Tell a view of the guide where its pictures lie."""
    pages.setSearchPaths([str(resources.path("help"))])
