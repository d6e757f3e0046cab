"""How wide a line of type is, asked of the type rather than counted by letters."""

from reportlab.pdfbase.pdfmetrics import stringWidth

PLAIN = "Helvetica"
"""The measures of Arial, which ship with the library; those of Calibri are smaller."""


def type_width(text: str, size: float, font: str = PLAIN) -> float:
    """Return how wide a text is on one line, in points; `font` is one that is registered."""
    return float(stringWidth(text, font, size))


def fitted(text: str, font: str, sizes: tuple[float, float], room: float) -> tuple[str, float]:
    """Return a text with the size at which it takes no more than a room in points on one line.

    `sizes` are the usual one and the least; what is too long even for that is shortened.
    """
    usual, least = sizes
    size = usual * min(room / max(type_width(text, usual, font), 1), 1)
    if size >= least:
        return text, size
    most = len(text) - 1
    while most and type_width(f"{text[:most]}…", least, font) > room:
        most -= 1
    return f"{text[:most]}…", least
