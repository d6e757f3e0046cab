"""Hear what a part of the window has read aloud."""

from types import ModuleType

import pytest
from PySide6.QtWidgets import QWidget

Heard = list[str]


def hear(monkeypatch: pytest.MonkeyPatch, *parts: ModuleType) -> Heard:
    """Return the list to which the sentences come that these modules announce."""
    heard: Heard = []

    def note(source: QWidget, words: str, *, is_urgent: bool = False, is_of_change: bool = False) -> None:
        heard.append(words)

    for part in parts:
        monkeypatch.setattr(part, "announce", note)
    return heard
