"""The colours of a selected row in lists that have no delegate of their own."""

from PySide6.QtGui import QPalette

from gui.theme.look import Look


def selection_palette(look: Look) -> QPalette:
    """Return the palette that paints a selected row pale, with plain text, as every table has it."""
    theme = look.theme
    palette = QPalette()
    if theme.is_tinted:
        palette.setColor(QPalette.ColorRole.Highlight, look.colour(theme.selected))
        palette.setColor(QPalette.ColorRole.HighlightedText, look.colour(theme.text))
    return palette
