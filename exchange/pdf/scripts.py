"""Fonts for scripts that the papers' own font lacks, each found by a letter and loaded where it is met."""

from typing import NamedTuple

REGULAR, BOLD = "Panel", "Panel-Bold"


class Script(NamedTuple):
    """A font for some scripts, in both weights; a shaped one sets words as a whole."""

    regular: str
    bold: str
    is_shaped: bool

    def in_weight_of(self, font: str) -> str:
        """Return the font that goes with the papers' own in a weight."""
        return self.bold if font == BOLD else self.regular


def _shaped(name: str) -> Script:
    return Script(f"Panel-{name}", f"Panel-{name}-Bold", is_shaped=True)


GURMUKHI, BENGALI = _shaped("Gurmukhi"), _shaped("Bengali")
_ETHIOPIC, _HAN = (Script(name, name, is_shaped=False) for name in ("Panel-Ethiopic", "Panel-Han"))
_BLOCK = 128
"""Scripts of India and their neighbours begin with a new block of so many letters."""
_BLOCKS = {
    0x0900: _shaped("Devanagari"),
    0x0980: BENGALI,
    0x0A00: GURMUKHI,
    0x0A80: _shaped("Gujarati"),
    0x0B80: _shaped("Tamil"),
    0x0C00: _shaped("Telugu"),
    0x0C80: _shaped("Kannada"),
    0x0D00: _shaped("Malayalam"),
    0x0D80: _shaped("Sinhala"),
    0x0E00: _shaped("Thai"),
    0x1780: _shaped("Khmer"),
}
_RANGES = (
    (0x1200, 0x139F, _ETHIOPIC),
    (0x2D80, 0x2DDF, _ETHIOPIC),
    (0x2E80, 0x9FFF, _HAN),
    (0xAB00, 0xAB2F, _ETHIOPIC),
    (0xF900, 0xFAFF, _HAN),
    (0xFE30, 0xFE4F, _HAN),
    (0xFF00, 0xFFEF, _HAN),
)
FILES = {
    **{one.regular: f"NotoSans{one.regular.removeprefix('Panel-')}-Regular.ttf" for one in _BLOCKS.values()},
    **{one.bold: f"NotoSans{one.regular.removeprefix('Panel-')}-Bold.ttf" for one in _BLOCKS.values()},
    _ETHIOPIC.regular: "NotoSansEthiopic-Regular.ttf",
    _HAN.regular: "DroidSansFallbackFull.ttf",
}
"""The file of each font; that of Chinese and Japanese has one weight, as has that of Ethiopic."""
SHAPED_FONTS = frozenset(font for one in _BLOCKS.values() for font in one[:2])


def script_of(letter: str) -> Script | None:
    """Return the font that has the script of a letter, None where none is kept for it."""
    number = ord(letter)
    found = _BLOCKS.get(number - number % _BLOCK)
    return found or next((one for first, last, one in _RANGES if first <= number <= last), None)
