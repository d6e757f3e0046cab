"""Hear what a part of the window has read aloud."""

from types import ModuleType, SimpleNamespace

import pytest
from PySide6.QtGui import QAccessibleAnnouncementEvent

Heard = list[str]


def hear(monkeypatch: pytest.MonkeyPatch, *parts: ModuleType) -> Heard:
    """Return the list to which the sentences come that these modules announce."""
    heard: Heard = []

    def note(event: QAccessibleAnnouncementEvent) -> None:
        heard.append(event.message())

    for part in parts:
        monkeypatch.setattr(part, "QAccessible", SimpleNamespace(updateAccessibility=note))
    return heard
