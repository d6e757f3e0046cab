"""Shipped files are found by name, and fonts hold the letters of the force area's languages."""

import unicodedata

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

import resources

WELSH = "ŵŷŴŶâêîôûÂÊÎÔÛäëïöü"
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
PRINT = "£€–—‘’“”…•½×°"
SYMBOLS = "✓→≥≤−☐☑"
GURMUKHI = [chr(point) for point in range(0x0A01, 0x0A77) if unicodedata.name(chr(point), "")]
SCRIPTS = (
    ("Bengali", "আশাবংঙ্গ"),
    ("Devanagari", "महिलाहिन्दी"),
    ("Gujarati", "ગુજરાતી"),
    ("Kannada", "ಕನ್ನಡ"),
    ("Khmer", "ស្ត្រីខ្មែរ"),
    ("Malayalam", "മലയാളി"),
    ("Sinhala", "සිංහල"),
    ("Tamil", "தமிழ்"),
    ("Telugu", "తెలుగు"),
    ("Thai", "ไทยเบอร์"),
)
FAMILIES = [
    ("NotoSans-Regular.ttf", WELSH + POLISH + PRINT),
    ("NotoSans-Bold.ttf", WELSH + POLISH + PRINT),
    ("NotoSansGurmukhi-Regular.ttf", "".join(GURMUKHI) + "।0123456789"),
    ("NotoSansGurmukhi-Bold.ttf", "".join(GURMUKHI) + "।0123456789"),
    *((f"NotoSans{name}-{weight}.ttf", text) for name, text in SCRIPTS for weight in ("Regular", "Bold")),
    ("NotoSansEthiopic-Regular.ttf", "ሀለሐመሠረሰሸ"),
    ("DroidSansFallbackFull.ttf", "伯明翰華华人社區区中心のカ"),
    ("DejaVuSans.ttf", WELSH + POLISH + PRINT + SYMBOLS),
]


@pytest.mark.parametrize(("name", "letters"), FAMILIES)
def test_a_font_can_be_embedded_and_has_its_letters(name: str, letters: str) -> None:
    font = TTFontFile(str(resources.path(f"fonts/{name}")))

    assert [letter for letter in letters if ord(letter) not in font.charToGlyph] == []


def test_every_font_ships_with_a_licence_that_lets_it_be_embedded() -> None:
    noto = resources.text("fonts/NotoSans-OFL.txt")

    assert "SIL OPEN FONT LICENSE" in noto
    assert "Copyright 2015 Google LLC" in noto
    assert "Copyright 2019 Google Inc." in noto
    assert "Bitstream" in resources.text("fonts/DejaVuSans-LICENSE.txt")


@pytest.mark.parametrize("name", ["schemes/none.toml", "../pyproject.toml", "/etc/hostname"])
def test_a_name_that_does_not_ship_or_leads_out_is_not_found(name: str) -> None:
    with pytest.raises(FileNotFoundError, match="ships with this version"):
        resources.path(name)
