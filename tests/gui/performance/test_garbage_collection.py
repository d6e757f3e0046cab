"""Unused objects are looked for in the window's own thread."""

import gc

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui.performance.garbage_collection import NEW, OLD, GarbageCollection


def test_many_new_objects_are_looked_through(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QObject()
    found = GarbageCollection(parent)
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    monkeypatch.setattr(gc, "get_count", lambda: (NEW, 0, 0))

    for _ in range(OLD):
        found.look()

    assert looked == [0] * (OLD - 1) + [2]
    assert not gc.isenabled()


def test_few_new_objects_are_let_be(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QObject()
    found = GarbageCollection(parent)
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    monkeypatch.setattr(gc, "get_count", lambda: (NEW - 1, 0, 0))

    found.look()

    assert looked == []
