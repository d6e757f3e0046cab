"""What a painted widget is to a screen reader, which would take it for nothing."""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


def give_role(kind: type[QWidget], role: QAccessible.Role) -> None:
    """Tell Qt what the widgets of a class are; their names and descriptions stay what they say themselves."""
    if not _ROLES:
        QAccessible.installFactory(_make)
    _ROLES[kind] = role


_ROLES: dict[type[QWidget], QAccessible.Role] = {}
_KEPT: list[Any] = []
"""The interfaces that were made: Qt does not keep them alive, and none is ever let go."""


def _make(name: str, thing: QObject | None) -> QAccessibleInterface | None:
    role = next((role for kind, role in _ROLES.items() if isinstance(thing, kind)), None)
    if role is None or not isinstance(thing, QWidget):
        return None
    made = QAccessibleWidget(thing, role)
    _KEPT.append(made)
    return made
