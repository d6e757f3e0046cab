"""What is read, kept and written of an import in the making, and the change that it comes to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.applications.corrected import preview_of, with_reason
from exchange.applications.draft import Draft, KeptImport, ReadFile, begun, kept_from, kept_text, resumed
from exchange.applications.fields import AreaNames
from exchange.applications.preview import Preview, missing_words
from gui.dialogs.files import Kind
from gui.listed.acts import Save
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from models.clock import utc_now
from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import import_change, importing_words, round_key
from models.values.attachments import FileOf
from models.values.form_questions import NO_FORMS
from models.values.importing import ImportTarget
from scoring.written.names import file_name
from scoring.written.text import Refused, counted

if TYPE_CHECKING:
    from exchange.incoming.placing import Keeping
    from exchange.incoming.reading import Taken


class KeptImports:
    """What somebody left of the files that they were importing, one for each name of a file."""

    def __init__(self, tools: PageTools) -> None:
        self._tools = tools
        self._round_id = 0
        self._texts: dict[str, str] = {}

    def of(self, name: str) -> KeptImport | None:
        """Return what was left of a file, None where nothing was."""
        return kept_from(self._texts.get(name, ""))

    def look_at(self, round_id: int) -> None:
        """Ask what was left of imports into a round."""
        self._round_id, self._texts = round_id, {}
        self._tools.workspace.ask_drafts(self._field(""), self._take)

    def keep(self, draft: Draft) -> None:
        self._put(draft.file.path.name, kept_text(draft))

    def drop(self, name: str) -> None:
        """Keep nothing of a file any more: it was imported."""
        self._put(name, "")

    def _put(self, name: str, text: str) -> None:
        if self._texts.get(name, "") != text:
            self._tools.workspace.keep_draft(self._field(name), text)
            self._texts[name] = text

    def _take(self, found: dict[str, str]) -> None:
        self._texts = {field.removeprefix(self._field("")): text for field, text in found.items()}

    def _field(self, name: str) -> str:
        return f"import/{self._round_id}/{name}"


def read_draft(
    paths: Sequence[Path], target: ImportTarget | None, kept: KeptImport | None, ticket: Ticket
) -> tuple[Draft, str, Taken]:
    """Read files and find their table, as it was left where something was `kept`; and what could not be.

    The library of forms and e-mails is imported here: it loads what would slow the start.
    """
    from exchange.incoming.reading import take

    areas = AreaNames(()) if target is None else AreaNames(target.usual_areas, target.known_areas)
    taken = take(paths, areas, NO_FORMS if target is None else target.forms, tick=ticket.tick)
    file = ReadFile(paths[0], taken.book)
    return (begun(file), "", taken) if kept is None else (*resumed(kept, file), taken)


def read_rows(draft: Draft, target: ImportTarget, ticket: Ticket) -> Preview:
    """Read the rows as they stand; raises Refused where a column is still to be matched."""
    missing = missing_words(draft.columns(target))
    if missing:
        raise Refused(missing)
    return preview_of(draft, target, ticket.tick)


def left_out_file(draft: Draft, found: Preview, marking: str) -> Save:
    return Save(
        Kind.APPLICATIONS,
        "Save the rows left out",
        str(draft.file.path.with_name(suggested_name(draft))),
        "Excel workbook (*.xlsx)",
        content=lambda session: found,
        write=partial(_write, draft, marking),
        said="The rows left out are in “{}”.",
    )


def suggested_name(draft: Draft) -> str:
    return file_name(draft.file.path.stem, "left out") + ".xlsx"


def _write(draft: Draft, marking: str, found: Preview, path: Path, ticket: Ticket) -> Path:
    """Write the file, never over the one that is read; its libraries, loaded here, would slow the start."""
    from exchange.applications.left_out import left_out_book
    from exchange.xlsx.table_book import write_table_book

    if path.resolve() == draft.file.path.resolve():
        path = path.with_name(suggested_name(draft))
    return write_table_book(left_out_book(draft.file.path.name, found, marking, utc_now()), path, ticket.tick)


def files_kept(
    taken: Taken, found: Preview, target: ImportTarget, held: Mapping[str, Collection[str]]
) -> list[Keeping]:
    """Return what becomes of the files of an import; `held` are sums of those kept already, by reference."""
    from exchange.incoming.placing import keepings

    return keepings(taken.placed(found.reading, target.existing), held)


def files_added(found: Sequence[Keeping]) -> list[FileOf]:
    return [FileOf(one.application, one.kept) for one in found if one.is_new]


def contents_added(found: Sequence[Keeping]) -> list[bytes]:
    """Return their bytes, in the same order."""
    return [one.placed.file.content for one in found if one.is_new]


def import_words(found: Preview, files: int) -> str:
    """Return what the last button does: "Import 41 applications", "Import 1 application and change 2"."""
    rows = len(found.taken), len(found.changes)
    beside = f", with {counted(files, 'file')}" if files and any(rows) else ""
    return f"{importing_words(*rows, files)}{beside}"


def import_operation(
    draft: Draft, target: ImportTarget, found: Preview, *, remembers: bool, reason: str = ""
) -> Operation:
    """Return the change that the last button makes; `reason` is why rows were corrected at the check."""
    taken = ImportApplications(
        round_key(target),
        found.taken,
        target.added(found.reading.areas),
        draft.file.path.name,
        draft.file.book.sha256,
        draft.recalled(target).matching(target, found.columns) if remembers else None,
        submitted=tuple(with_reason(one, reason) if reason else one for one in found.submitted),
    )
    file = draft.file.path.name
    return import_change(
        target, taken, [(one.before, one.after, one.why(file, reason)) for one in found.changes]
    )
