"""The style rules that a palette cannot say: button kinds, edits, menus, header and scroll bars.

No font sizes (they would beat `setFont` and end text scaling), no rules for combo and spin boxes
(Fusion would turn bevelled) and none for table items (they paint under the delegate).
"""

from collections.abc import Callable

from msgspec.structs import asdict
from PySide6.QtGui import QColor, QPalette

import resources
from gui.theme.tokens import Theme


def palette_of(theme: Theme) -> QPalette:
    """Return the palette of a theme, disabled text included."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.sunken,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent_text,
        role.LinkVisited: theme.accent_text,
        role.PlaceholderText: theme.muted,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.Accent: theme.accent,
        role.Light: theme.surface,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.control,
        role.Shadow: theme.line,
    }
    palette = QPalette()
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(theme.sunken))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.track))
    return palette


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
