"""Imports into a round that were left before their end, kept in the record to go on with."""

from PySide6.QtCore import QObject, Signal

from exchange.applications.draft import Draft, KeptImport, kept_from, kept_text
from gui.pages.page import PageTools


class KeptImports(QObject):
    """What somebody left of the files that they were importing, one for each name of a file."""

    came = Signal()

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._round_id = 0
        self._texts: dict[str, str] = {}

    @property
    def all(self) -> tuple[KeptImport, ...]:
        """Return those that are understood, by their files' names."""
        return tuple(filter(None, (kept_from(text) for _, text in sorted(self._texts.items()))))

    def of(self, name: str) -> KeptImport | None:
        """Return what was left of a file, None where nothing was."""
        return kept_from(self._texts.get(name, ""))

    def look_at(self, round_id: int) -> None:
        """Ask what was left of imports into a round; `came` tells that it is known."""
        self._round_id, self._texts = round_id, {}
        self._tools.workspace.ask_drafts(self._field(""), self._take)

    def keep(self, draft: Draft, step: int) -> None:
        """Keep what was decided of a file so far, and where the import stands."""
        self._put(draft.file.path.name, kept_text(draft, step))

    def drop(self, name: str) -> None:
        """Keep nothing of a file any more: it was imported, or is not to be."""
        self._put(name, "")

    def _put(self, name: str, text: str) -> None:
        facts = self._tools.workspace.facts
        if facts is not None and not facts.is_copy and self._texts.get(name, "") != text:
            self._tools.workspace.keep_draft(self._field(name), text)
            self._texts[name] = text

    def _take(self, found: dict[str, str]) -> None:
        self._texts = {field.removeprefix(self._field("")): text for field, text in found.items()}
        self.came.emit()

    def _field(self, name: str) -> str:
        return f"import/{self._round_id}/{name}"
