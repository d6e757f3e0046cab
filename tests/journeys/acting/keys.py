"""Somebody who has no mouse: all that they reach they reach by Tab and arrows."""

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMenu, QRadioButton, QWidget

from gui.help.search_controller import SearchDialog
from gui.listed.form import DataForm
from models.role import role_words
from tests.journeys.acting.user import User

FAR = 150
"""More presses than any journey across a page takes."""


class KeysOnly(User):
    """The same user with keys alone: to click is to go there with Tab and press Space."""

    @property
    def focused(self) -> QWidget:
        """Return what takes the keys: an open menu before all else, and a list that drops down."""
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) else super().focused

    def reach(self, widget: QWidget) -> None:
        """Press Tab until the focus is there, and arrows along a group of choices."""
        assert widget.isVisible(), f"{widget.accessibleName()} is not on show"
        assert widget.isEnabled(), f"{widget.accessibleName()} is not open"
        for _ in range(FAR):
            if self.focused in (widget, widget.focusProxy()):
                return
            self.press("Right" if self._is_beside(widget) else "Tab")
        raise AssertionError(f"no key comes to {widget.accessibleName() or widget!r}")

    def _is_beside(self, widget: QWidget) -> bool:
        held = self.focused
        return isinstance(widget, QRadioButton) and (
            isinstance(held, QRadioButton) and held.parent() is widget.parent()
        )

    def click(self, widget: QWidget) -> None:
        """Go to a button and press it."""
        self.reach(widget)
        is_on = isinstance(widget, QAbstractButton) and widget.isCheckable() and widget.isChecked()
        if not is_on:
            self.press("Space")

    def fill(self, field: QWidget, text: str) -> None:
        """Go to a field and type over what it says."""
        self.reach(field)
        self.press("Ctrl+A")
        self.write(text)

    def paste(self, field: QWidget, text: str) -> None:
        """Go to a field and paste over what it says."""
        QApplication.clipboard().setText(text)
        self.reach(field)
        self.press("Ctrl+A", "Ctrl+V")

    def pick(self, box: QComboBox, text: str) -> None:
        """Go along a drop-down to one of its words."""
        self.reach(box)
        self.press("Home", *["Down"] * box.findText(text))
        assert box.currentText() == text

    def be(self, name: str, role: str) -> None:
        """Say who is using this laptop, found by search."""
        self.press("Ctrl+K")
        self.write("who is using")
        self.dialog(SearchDialog)
        self.press("Return")
        dialog = self.dialog(DataForm)
        people, says = dialog["person"], role_words(role)
        every = [people.itemText(n) for n in range(people.count())]
        self.pick(people, next(one for one in every if one.startswith(name) and one.endswith(says)))
        self.click(dialog.do)
        self.agree()
        identity = self.window.main.tools.identity
        assert (identity.name, identity.role) == (name, role)

    def area(self, name: str | None) -> None:
        """Switch the header to one area, or to all (None)."""
        switch = self.window.main.header.area
        self.click(switch)
        self.press("Home", *["Down"] * switch.findText(name or "All areas"), "Return")
        place = self.window.controller.rounds.place
        assert place.area == name
