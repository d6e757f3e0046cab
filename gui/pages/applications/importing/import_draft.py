"""The import in the making: a file as it is matched and corrected, and its rows as they were read last."""

from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from exchange.applications.corrected import KEPT, carried, kept_words, preview_of, with_reason
from exchange.applications.draft import (
    Draft,
    KeptImport,
    begun,
    kept_from,
    kept_text,
    read_file,
    resumed,
    with_header,
)
from exchange.applications.preview import Matched, Preview, matched, missing_words
from exchange.reading.cell_names import column_of, row_of
from gui.dialogs.files import Kind
from gui.pages.page import PageTools
from gui.record.runner import Ticket
from models.clock import utc_now
from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import import_change, importing_words, round_key
from models.queries.applications.merges import import_target
from models.trouble import Trouble
from models.values.importing import ImportTarget
from models.values.rounds import RoundLine
from scoring.written.names import file_name
from scoring.written.text import Refused

WORKBOOK = "Excel workbook (*.xlsx)"


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


def _read(path: Path, kept: KeptImport | None, ticket: Ticket) -> tuple[Draft, str]:
    """Read a file and find its table, as it was left where something was `kept`; and what could not be."""
    file = read_file(path, ticket.tick)
    return (begun(file), "") if kept is None else resumed(kept, file)


def _match(draft: Draft, target: ImportTarget, ticket: Ticket) -> Matched:
    """Match the headings to fields."""
    return matched(draft, target)


def _preview(draft: Draft, target: ImportTarget, ticket: Ticket) -> Preview:
    """Read the rows as they stand; raises Refused where a column is still to be matched."""
    missing = missing_words(draft.columns(target))
    if missing:
        raise Refused(missing)
    return preview_of(draft, target, ticket.tick)


class LeftOutFile(QObject):
    """Ask where, write in the work queue, tell the result."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, draft: Draft, found: Preview, marking: str) -> None:
        """Ask for a file and write the rows there."""
        name = draft.file.path.with_name(suggested_name(draft))
        path = self._tools.dialogs.files.save(Kind.APPLICATIONS, "Save the rows left out", name, WORKBOOK)
        if path is not None:
            self.write(path, draft, found, marking)

    def write(self, path: Path, draft: Draft, found: Preview, marking: str) -> None:
        """Write the rows to that file; it always ends in .xlsx and is never the file that is read."""
        path = path if path.suffix.casefold() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        if path.resolve() == draft.file.path.resolve():
            path = path.with_name(suggested_name(draft))
        work = partial(_write, path, draft, found, marking)
        self._tools.write(path, work, "The rows left out are in “{}”.")


def suggested_name(draft: Draft) -> str:
    """Return the name of the file with its ending: that of the file read, and "left out"."""
    return file_name(draft.file.path.stem, "left out") + ".xlsx"


def _write(path: Path, draft: Draft, found: Preview, marking: str, ticket: Ticket) -> Path:
    """Write the file. The writer is imported here: it loads libraries that would slow the start."""
    from exchange.applications.corrected import left_out_book
    from exchange.xlsx.table_book import write_table_book

    book = left_out_book(draft.file.path.name, found, marking, utc_now())
    return write_table_book(book, path, ticket.tick)


def import_words(found: Preview) -> str:
    """Return what the last button does: "Import 41 applications", "Import 1 application and change 2"."""
    return importing_words(len(found.taken), len(found.changes))


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


class ImportDraft(QObject):
    """What a person says of the file is put into the draft, and the file is read again beside the window.

    `sheet_changed` tells that another sheet was chosen, or was to be; `matched` and `checked` that headings
    or rows were read, the latter with what it was asked with; `resumed` that an import goes on at a step.
    """

    file_read = Signal()
    resumed = Signal(int)
    sheet_changed = Signal()
    matched = Signal()
    checked = Signal(object)

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.line: RoundLine | None = None
        self.target: ImportTarget | None = None
        self.draft: Draft | None = None
        self._of_sheets: dict[str, Draft] = {}
        self.preview: Preview | None = None
        self.matching: Matched | None = None
        self.is_checking = False
        self.left = KeptImports(tools, self)

    def start(self, line: RoundLine) -> None:
        """Begin with no file, for a round."""
        self.line, self.draft, self.preview, self.target = line, None, None, None
        self.is_checking = False
        self._of_sheets.clear()
        self._tools.workspace.ask(partial(import_target, round_id=line.round_id), self._take_target)
        self.left.look_at(line.round_id)

    @Slot(object)
    def read(self, path: Path) -> None:
        """Read a file beside the window; it can be cancelled in the progress strip."""
        kept = self.left.of(path.name) if self.draft is None else None
        done = partial(self._take_file, kept)
        self._tools.workspace.work(partial(_read, path, kept), done, label=f"Reading {path.name}")

    @Slot(str)
    def resume(self, name: str) -> None:
        """Go on with an import that was left, where it was left."""
        kept = self.left.of(name)
        if kept is not None:
            reading, done = partial(_read, Path(kept.path), kept), partial(self._take_left, kept.step)
            self._tools.workspace.work(reading, done, label=f"Reading {name}")

    def match(self) -> None:
        """Match the headings to fields."""
        if self.draft is not None and self.target is not None:
            self._tools.workspace.work(partial(_match, self.draft, self.target), self._take_matched)

    def check(self, then: int | None = None) -> None:
        """Read the rows as they stand; `checked` is told `then`."""
        if self.draft is None or self.target is None:
            return
        self.is_checking = True
        checking = partial(_preview, self.draft, self.target)
        done = partial(self._take_preview, then)
        self._tools.questions.work(checking, done, label="Checking the rows")

    def check_again(self, then: int) -> None:
        """Read the rows against the record as it is by now."""
        if self.line is not None:
            query = partial(import_target, round_id=self.line.round_id)
            self._tools.workspace.ask(query, partial(self._take_target_again, then))

    def take_one_area(self, area: str, then: int) -> None:
        """Take all rows as of one area, and read them."""
        if self.draft is not None and self.matching is not None:
            self.draft = self.draft.all_of(area, self.matching.written)
            self.check(then)

    @Slot(str)
    def take_sheet(self, name: str) -> None:
        """Take another sheet of the file; an empty one is told of, and the one before stays chosen."""
        if self.draft is not None:
            self._of_sheets[self.draft.found.sheet] = self.draft
            try:
                self.draft = self._of_sheets.get(name) or self._carried(begun(self.draft.file, name))
            except Trouble as error:
                self._tools.workspace.failed.emit(error)
            self.sheet_changed.emit()

    @Slot(int)
    def take_header(self, row: int) -> None:
        """Take another row for the headings."""
        if self.draft is not None and row != self.draft.found.header_row:
            self.draft = carried(self.draft, with_header(self.draft, row))

    @Slot(str, str)
    def take_match(self, heading: str, field: str) -> None:
        """Match a heading to a field, and the others anew."""
        if self.draft is not None and self.target is not None:
            self._take_matching(self.draft.matched(self.target, heading, field))

    @Slot(str, str)
    def take_spelling(self, written: str, area: str) -> None:
        """Take what was written for an area of the round."""
        if self.draft is not None:
            self._take_matching(self.draft.spelt(written, area))

    @Slot(str, str)
    def take_fix(self, cell: str, text: str) -> None:
        """Put another text in a cell's place."""
        if self.draft is not None and self.target is not None:
            self.draft = self.draft.corrected(self.target, row_of(cell), column_of(cell), text)
            self.check()

    @Slot(object, bool)
    def leave_out(self, numbers: frozenset[int], is_out: bool) -> None:
        """Leave rows out, or take them in again."""
        if self.draft is not None:
            rows = self.draft.left_out
            self.draft = replace(self.draft, left_out=rows | numbers if is_out else rows - numbers)
            self.check()

    @Slot(int, bool)
    def take_change(self, number: int, is_taken: bool) -> None:
        """Change the application of the record that a row differs from, or leave it as it is."""
        if self.draft is not None:
            rows = self.draft.changed
            self.draft = replace(self.draft, changed=rows | {number} if is_taken else rows - {number})
            self.check()

    def _take_matching(self, draft: Draft) -> None:
        """Match anew; rows on their way were read as it was."""
        self.draft = draft
        self._tools.questions.forget(self._take_preview)
        self.match()

    def _take_target(self, target: ImportTarget) -> None:
        self.target = target

    def _take_target_again(self, then: int, target: ImportTarget) -> None:
        self.target = target
        self.check(then)

    def _take_file(self, kept: KeptImport | None, read: tuple[Draft, str]) -> None:
        draft, lost = read
        self._of_sheets.clear()
        self.draft = self._carried(draft)
        if kept is not None and (lost or draft.holds_work):
            self._tools.toast(lost or KEPT)
        self.file_read.emit()

    def _take_left(self, step: int, read: tuple[Draft, str]) -> None:
        self._of_sheets.clear()
        self.draft, lost = read
        if lost:
            self._tools.toast(lost)
        self.resumed.emit(step)

    def _carried(self, draft: Draft) -> Draft:
        """Return the draft of another file or sheet with what was decided by hand; say that it is kept."""
        if self.draft is None:
            return draft
        kept = carried(self.draft, draft)
        if words := kept_words(self.draft, kept):
            self._tools.toast(words)
        return kept

    def _take_matched(self, found: Matched) -> None:
        self.matching = found
        self.matched.emit()

    def _take_preview(self, then: int | None, found: Preview) -> None:
        self.preview, self.is_checking = found, False
        self.checked.emit(then)
