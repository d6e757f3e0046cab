"""The three families that every layout is tried with: ours, a wide one and a narrow one."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

import resources
from gui.settings import Settings
from gui.theme.glyphs import Lettering

FONTS = Path(__file__).parent.parent / "data" / "fonts"
OURS, WIDE, NARROW = "Noto Sans", "DejaVu Sans", "Roboto Condensed"
FAMILIES = (OURS, WIDE, NARROW)
FILES = {
    WIDE: (resources.path("fonts/DejaVuSans.ttf"), FONTS / "DejaVuSans-Bold.ttf"),
    NARROW: (FONTS / "RobotoCondensed-Regular.ttf", FONTS / "RobotoCondensed-Bold.ttf"),
}


def draw_with(family: str, app: QApplication, settings: Settings) -> None:
    """Have the next window draw with a family: ours as it ships, another as the computer's own."""
    if family == OURS:
        return
    if family not in QFontDatabase.families():
        for file in FILES[family]:
            assert QFontDatabase.addApplicationFont(str(file)) != -1
    app.setFont(QFont(family))
    settings.lettering = Lettering.COMPUTER
    assert QFontInfo(app.font()).family() == family
