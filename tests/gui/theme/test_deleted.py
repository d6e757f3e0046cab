"""What is deleted follows nothing any more: a change of the look finds it gone and leaves it alone."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import gui
from gui.dialogs.reason import ReasonDialog
from gui.theme.look import Look
from gui.widgets.field_error import FieldError
from gui.widgets.pill import Pill
from tests.gui.looks import look_of

CONNECTED = re.compile(r"connect\(self\.(\w+)\)")


def kinds(base: type[QObject]) -> Iterator[type[QObject]]:
    """Every class of the window's own that is made from another."""
    for kind in base.__subclasses__():
        if kind.__module__.startswith("gui."):
            yield kind
        yield from kinds(kind)


@cache
def connected(kind: type[QObject]) -> set[str]:
    """The methods that a class connects itself to something with."""
    own = [base for base in kind.__mro__ if base.__module__.startswith("gui.")]
    return {name for base in own for name in connected_in(base)}


@cache
def connected_in(kind: type[QObject]) -> set[str]:
    """The methods of its own that a class says to connect itself with."""
    return {name for name in CONNECTED.findall(inspect.getsource(kind)) if name in vars(kind)}


def test_no_class_takes_over_the_slot_that_the_one_it_is_made_from_is_connected_by() -> None:
    """Qt would not disconnect it once the widget is deleted, and call into what is gone (PySide 6.11)."""
    for module in walk_packages(gui.__path__, "gui."):
        import_module(module.name)

    taken = {
        f"{kind.__name__}.{name} of {base.__name__}"
        for kind in kinds(QObject)
        for base in kind.__mro__[1:]
        if base.__module__.startswith("gui.")
        for name in connected(base) & set(vars(kind))
    }

    assert not taken, f"connect to a slot that calls another method: {', '.join(sorted(taken))}"


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Qt's own calls raised."""
    found: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: found.append(str(error)))
    return found


def refused(look: Look, parent: QWidget) -> QDialog:
    dialog = ReasonDialog(look, "Reopen", ("It is handed in.",), "Reopen", parent)
    dialog.do.click()
    return dialog


def holding(make: Callable[[Look], QWidget]) -> Callable[[Look, QWidget], QDialog]:
    def made(look: Look, parent: QWidget) -> QDialog:
        dialog = QDialog(parent)
        QVBoxLayout(dialog).addWidget(make(look))
        return dialog

    return made


@pytest.mark.parametrize(
    "make",
    [refused, holding(FieldError), holding(lambda look: Pill(look, "Fund"))],
    ids=["a refusal", "a line for faults", "a pill"],
)
def test_what_somebody_still_holds_of_a_deleted_dialog_hears_of_no_look(
    qapp: QApplication, qtbot: QtBot, raised: list[str], make: Callable[[Look, QWidget], QDialog]
) -> None:
    look, parent = look_of(qapp), QWidget()
    qtbot.addWidget(parent)
    outer = make(look, parent)
    inner = make(look, outer)
    held = [outer, inner, *outer.findChildren(QWidget)]
    outer.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    look.set_percent(150)
    look.set_percent(100)

    assert not any(isValid(one) for one in held)
    assert raised == []
