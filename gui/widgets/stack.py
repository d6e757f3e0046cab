"""Parts of the window behind one another, one of them on show."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.widgets.speech.announcing import give_role


def be_entered(page: QWidget, name: str) -> None:
    """Have a page that stands behind others said by its name as the focus comes into it from another."""
    give_role(type(page), QAccessible.Role.LayeredPane)
    page.setAccessibleName(name)


class Stack(QStackedWidget):
    """A stack with a name: screen readers speak it as it is entered, and "layered pane" where it has none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)


class UnnamedStack(QStackedWidget):
    """A stack that screen readers pass over: what it stands in has said where one is."""

    def __init__(self) -> None:
        super().__init__()
        give_role(UnnamedStack, QAccessible.Role.Client)
