"""What was typed on a page and is not saved yet, kept against a crash."""

from collections.abc import Mapping

from gui.record.workspace import Workspace


class KeptTexts:
    """Texts by field, such as "W-003/A1"; what the record has by now is dropped."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._start = workspace, ""
        self.texts: dict[str, str] = {}

    def begin(self, start: str) -> None:
        """Ask for what was kept of fields whose names begin so; "" keeps nothing from now on."""
        self._start, self.texts = start, {}
        if start:
            self._workspace.ask_drafts(start, self._take)

    def keep(self, field: str, text: str) -> None:
        """Keep what is being typed in a field."""
        facts = self._workspace.facts
        if self._start and facts is not None and not facts.is_copy:
            self._workspace.keep_draft(f"{self._start}{field}", text)

    def drop(self, field: str) -> None:
        """Drop what was kept of a field."""
        self.texts.pop(field, None)
        self.keep(field, "")

    def drop_saved(self, field: str, text: str) -> None:
        """Drop what is saved by now, but not what was typed after it."""
        if self.texts.get(field) == text:
            self.drop(field)

    def _take(self, found: Mapping[str, str]) -> None:
        self.texts = {field.removeprefix(self._start): text for field, text in found.items()}
