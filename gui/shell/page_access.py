"""Which pages a person may go to at a place, and why not where not."""

from gui.pages.page import Identity, Place
from gui.shell.page_list import PageEntry

OPEN_FIRST = "Open a record first"
WITHOUT_RECORD = frozenset({"help", "settings"})
"""The pages that need no record."""
AWAY = frozenset({"overview", "applications", "criteria", "panel", "scoring", "history", "settings", "help"})
"""The pages of a member's own record: what the member reads, declares and scores."""


def is_hidden(entry: PageEntry, identity: Identity) -> bool:
    """Whether the person's role never uses a page, or a member's own record has no such page."""
    if identity.is_away and entry.key not in AWAY:
        return True
    return entry.roles is not None and identity.role not in entry.roles


def reason_closed(entry: PageEntry, place: Place | None, *, has_record: bool) -> str:
    """Say why a page cannot be gone to, "" when it can."""
    if entry.key in WITHOUT_RECORD:
        return ""
    if not has_record:
        return OPEN_FIRST
    return entry.opens_when(place) if entry.opens_when is not None else ""
