"""The style rules that a palette cannot say: button kinds, edits, menus, header and scroll bars.

No font sizes (they would beat `setFont` and end text scaling), no rules for combo and spin boxes
(Fusion would turn bevelled) and none for table items (they paint under the delegate).
"""

from collections.abc import Callable

from gui.theme.tokens import Theme

SHEET = """
QMainWindow, QWidget#page, QWidget#centre { background: @window; }
QLabel { background: transparent; }
QLabel[tone="text2"] { color: @text2; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="accent"] { color: @accent_text; }
QLabel[tone="danger"] { color: @danger; }
QLabel[tone="warning"] { color: @warning; }
QMenuBar { background: @sidebar; color: @text; padding: 2px 16px; }
QMenuBar::item { background: transparent; padding: $4 $8; border-radius: $4; }
QMenuBar::item:selected { background: @selected; }
QMenu { background: @surface; color: @text; border: 1px solid @line; padding: $4; }
QMenu::item { padding: $5 $24 $5 $24; border-radius: $4; }
QMenu::item:selected { background: @selected; color: @selected_text; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @line; margin: $4 $8; }
QPushButton { border-radius: $6; padding: $4 $13; border: 1px solid @control; background: @surface;
  color: @text; min-height: $22; }
QPushButton:hover { background: @hover; }
QPushButton:disabled { color: @disabled; border-color: @line; }
QPushButton[kind="primary"] { background: @accent; border-color: @accent; color: @on_accent; }
QPushButton[kind="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[kind="primary"]:disabled { background: @track; border-color: @track; color: @disabled; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; padding: $2 $6; }
QPushButton[kind="quiet"]:hover { background: @hover; }
QPushButton[kind="quiet"]::menu-indicator { image: none; width: 0; }
QPushButton[kind="link"] { background: transparent; border-color: transparent; color: @accent_text;
  padding: $2 $6; }
QPushButton[kind="link"]:hover { background: @hover; }
QPushButton[ring="true"]:focus { border: 2px solid @accent_text; padding: $3 $12; }
QPushButton[kind="primary"][ring="true"]:focus { border: 2px solid @accent; }
QPushButton[kind="quiet"][ring="true"]:focus, QPushButton[kind="link"][ring="true"]:focus
  { border: 2px solid @accent_text; padding: $1 $5; }
QLineEdit { background: @surface; color: @text; border: 1px solid @control; border-radius: $6;
  padding: $3 $8; min-height: $24; selection-background-color: @accent; }
QLineEdit:focus { border: 2px solid @accent_text; padding: $2 $7; }
QLineEdit[kind="small"] { min-height: $20; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { background: transparent; border: none; padding: 0;
  min-height: 0; }
QPlainTextEdit { background: @surface; color: @text; border: 1px solid @control; border-radius: $6;
  padding: $1 $6; }
QPlainTextEdit:focus { border: 2px solid @accent_text; padding: 0 $5; }
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:disabled, QPlainTextEdit:read-only
  { background: @sunken; color: @text2; border-color: @line; }
QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus { border: 2px solid @accent_text; }
QListWidget { background: @surface; color: @text; border: 1px solid @control; border-radius: $6; }
QListWidget::item { padding: 0 $8; }
QListWidget::item:selected { background: @selected; color: @selected_text; }
QListWidget:focus { border: 2px solid @accent_text; }
QTextBrowser { background: @surface; color: @text; border: none; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @muted; border: none;
  border-bottom: 1px solid @line; padding: 0 $6; }
QTableView[rows="painted"] QHeaderView::section { padding: 0 $8; }
QTableView[rows="painted"] QHeaderView::section:first { padding: 0 $8 0 $12; }
QTableView[heads="cells"] QHeaderView::section { padding: 0 3px; }
QTableView[heads="inset"] QHeaderView::section { padding: 0 $6 0 $12; }
QTableView { background: @surface; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: @control; border-radius: 4px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: @surface; color: @text; border: 1px solid @control; padding: 4px; }
QProgressBar { background: @track; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent_text; border-radius: 3px; }
"""


def sheet_of(theme: Theme, px: Callable[[float], int]) -> str:
    """Return the style rules with a theme's colours; lengths after "$" follow the text size."""
    names = {field: getattr(theme, field) for field in theme.__struct_fields__}
    colours = {name: value for name, value in names.items() if isinstance(value, str)}
    colours |= {str(tone): pair.text for tone, pair in theme.states}
    colours["selected_text"] = theme.text if theme.is_tinted else theme.on_accent
    text = SHEET if theme.is_tinted else SHEET.replace("border: 1px solid", "border: 2px solid")
    for name in sorted(colours, key=len, reverse=True):
        text = text.replace(f"@{name}", colours[name])
    for length in (24, 22, 20, 13, 12, 8, 7, 6, 5, 4, 3, 2, 1):
        text = text.replace(f"${length}", f"{px(length)}px")
    return text
