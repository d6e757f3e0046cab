"""What a screen reader is told of every page: role and words of each part on show, in its place."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from gui.access.identity import identity_of
from gui.app import Window
from gui.pages.page import Identity
from gui.shell.page_list import PAGES

SEEN_BY = {"Autumn round": ("officer", "member", "chair"), "Small grants": ("officer", "decider")}
"""Who goes through the pages of a round that is under way, and of one that is decided."""
OFFICER = Identity("Imogen Fairweather", "officer")
TEXTS = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
DEEPEST, MOST = 40, 150
"""How deep a tree is followed, and how many parts of one part, as of a long table."""


def spoken_pages(window: Window) -> Iterator[tuple[str, list[str]]]:
    """Yield what each page says to each of them who may see it, by round, role and page."""
    rounds = window.controller.rounds
    for name, roles in SEEN_BY.items():
        rounds.choose_round(next(line.round_id for line in rounds.lines if line.name == name))
        for role in roles:
            parts = [part for part in rounds.parts if part.role == role]
            window.main.tools.use_as(OFFICER if role == "officer" else identity_of(parts[0], rounds.parts))
            for entry in PAGES:
                if entry.roles is None or role in entry.roles:
                    yield f"spoken: {name}, {role}, {entry.key}", [*_page(window, entry.key)]


def _page(window: Window, key: str) -> Iterator[str]:
    window.main.tools.go(key)
    for _ in range(2):
        QApplication.processEvents()
    assert window.main.pages.key == key, f"{key} is gone to"
    yield from _parts(QAccessible.queryAccessibleInterface(window.main.pages.current))


def _parts(part: QAccessibleInterface | None, depth: int = 0) -> Iterator[str]:
    if part is None or not part.isValid() or part.state().invisible or depth > DEEPEST:
        return
    texts = [" ".join(part.text(kind).split()) for kind in TEXTS]
    if any(texts):
        yield f"{'  ' * depth}{part.role().name}: {' | '.join(filter(None, texts))}"
    for number in range(min(part.childCount(), MOST)):
        yield from _parts(part.child(number), depth + 1)
