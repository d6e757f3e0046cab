"""Pictures in the guide, as wide as the text is."""

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

import resources


def fit_pictures(pages: QTextBrowser) -> None:
    """Give every picture on show the width of the text, and never more than its own."""
    document = pages.document()
    room = pages.viewport().width() - 2 * document.documentMargin()
    block = document.begin()
    while block.isValid():
        for run in block.textFormats():
            shown = run.format.toImageFormat()
            if shown.isValid():
                own = document.resource(QTextDocument.ResourceType.ImageResource, shown.name())
                shown.setWidth(min(room, own.width()))
                cursor = QTextCursor(document)
                cursor.setPosition(block.position() + run.start)
                cursor.setPosition(cursor.position() + run.length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(shown)
        block = block.next()


def find_pictures(pages: QTextBrowser) -> None:
    """Tell a view of the guide where its pictures lie."""
    pages.setSearchPaths([str(resources.path("help"))])
