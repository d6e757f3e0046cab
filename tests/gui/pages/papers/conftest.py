"""Tests of papers draw a preview once: most of them begin with the same paper of the same record."""

from collections.abc import Callable, Hashable
from datetime import datetime

import pytest
from msgspec.structs import replace

from gui.pages.papers.exports import query
from gui.papers.source import PaperSource, View, view_of
from gui.record.runner import Ticket
from models.papers.letters.letters import Letters

_SEEN: dict[Hashable, View] = {}
_NO_TIME = datetime(1, 1, 1)


@pytest.fixture(autouse=True)
def previews_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show what was drawn before of the same values, whatever the time is that it was drawn at."""
    monkeypatch.setattr(query, "view_of", _seen_once(view_of))


def _seen_once(
    view: Callable[[PaperSource, str, Ticket], View],
) -> Callable[[PaperSource, str, Ticket], View]:
    def seen(source: PaperSource, form: str, ticket: Ticket) -> View:
        if isinstance(source.value, Letters):  # each is read from its source when it is chosen
            return view(source, form, ticket)
        order, status = replace(source.order, now=_NO_TIME), replace(source.status, made_at=_NO_TIME)
        key = repr(replace(source, order=order, status=status)), form
        if key not in _SEEN:
            _SEEN[key] = view(source, form, ticket)
        return _SEEN[key]

    return seen
