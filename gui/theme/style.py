"""The style rules that a palette cannot say: button kinds, edits, menus, header and scroll bars.

No font sizes (they would beat `setFont` and end text scaling), no rules for combo and spin boxes
(Fusion would turn bevelled) and none for table items (they paint under the delegate).
"""

from collections.abc import Callable

from msgspec.structs import asdict

import resources
from gui.theme.tokens import Theme

SHEET = "window/style.qss"


def sheet_of(theme: Theme, px: Callable[[float], int]) -> str:
    """Return the style rules with a theme's colours; lengths after "$" follow the text size."""
    colours = {name: value for name, value in asdict(theme).items() if isinstance(value, str)}
    colours |= {str(tone): pair.text for tone, pair in theme.states.items()}
    colours["selected_text"] = theme.text if theme.is_tinted else theme.on_accent
    text = resources.text(SHEET)
    if not theme.is_tinted:
        text = text.replace("border: 1px solid", "border: 2px solid")
    for name in sorted(colours, key=len, reverse=True):
        text = text.replace(f"@{name}", colours[name])
    for length in (24, 22, 20, 13, 12, 8, 7, 6, 5, 4, 3, 2, 1):
        text = text.replace(f"${length}", f"{px(length)}px")
    return text
