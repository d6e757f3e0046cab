"""How wide a line of type is, asked of the type rather than counted by letters."""

from reportlab.pdfbase.pdfmetrics import stringWidth

PLAIN = "Helvetica"
"""The measures of Arial, which ship with the library; those of Calibri are smaller."""


def type_width(text: str, size: float, font: str = PLAIN) -> float:
    """Return how wide a text is on one line, in points; `font` is one that is registered."""
    return float(stringWidth(text, font, size))
