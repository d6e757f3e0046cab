"""One paper on its way to its next version, and into its files: asked, drawn, recorded and written."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from gui.pages.page import PageTools
from gui.papers.source import PaperSource
from gui.record.runner import Cancelled, Ticket
from gui.record.turns import Settle, Turns, performing
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from models.issuing import NextIssue
from models.operations.papers import put_files
from models.trouble import Trouble
from scoring.written.text import Refused, listed

if TYPE_CHECKING:
    pass

Write = Callable[[Path, Callable[[int, int], None]], Path]
"""Writes a paper in the form of a path's ending and returns the path it really has; the second part ticks."""
CHANGED = "The record was changed in the meantime. Nothing was issued; check the paper again."
DRAWING = "Drawing the pages…"


class Written(Struct, frozen=True):
    """What was written before the end; `is_cancelled` when the person stopped it.

    `version` is None for drafts; `notes` say which paper has another name than was wanted.
    """

    paths: tuple[Path, ...]
    is_cancelled: bool = False
    version: int | None = None
    notes: tuple[str, ...] = ()


def write_forms(
    write: Write, folder: Path, name: str, forms: Sequence[str], version: int | None, ticket: Ticket
) -> Written:
    """Write the forms of a paper one after the other and return where they are.

    A file of that name that somebody changed since it was written stays, and the new one stands beside it.
    """
    from exchange.atomic import beside_words, new_place

    if not folder.is_dir():
        raise Trouble(f"The folder {folder} is not there; choose another one; nothing was changed.")
    written: list[Path] = []
    notes: list[str] = []
    for number, form in enumerate(forms):
        tick = partial(_tick, ticket, number, len(forms))
        wanted = folder / f"{name}{form}"
        place = new_place(wanted) if form else wanted
        try:
            tick(0, 1)
            written.append(write(place, tick))
        except Cancelled:
            return Written(tuple(written), is_cancelled=True, version=version)
        except (Trouble, Refused) as no:
            if version is None and not written:
                raise
            raise Trouble(f"{no} {_so_far(written, version)}") from no
        if form:
            beside = beside_words(wanted, place, written[-1])
            notes += [beside] if beside else []
    return Written(tuple(written), version=version, notes=tuple(notes))


def write_with_annex(
    source: PaperSource, folder: Path, name: str, forms: Sequence[str], ticket: Ticket
) -> Written:
    """Write the forms of a paper, and those of its annex beside them."""
    from exchange.papers.drawing import annex_place

    written = write_forms(source.write, folder, name, forms, source.version, ticket)
    if source.annex is None or written.is_cancelled:
        return written
    beside = annex_place(Path(f"{name}.pdf")).stem
    annex = write_forms(source.annex.write, folder, beside, forms, source.annex.version, ticket)
    return Written(
        (*written.paths, *annex.paths), annex.is_cancelled, written.version, (*written.notes, *annex.notes)
    )


def written_words(written: Written) -> str:
    """Return the sentence that tells what was written where."""
    stays = "" if written.version is None else f" {_stays_issued(written.version)}"
    if not written.paths:
        return f"Cancelled. Nothing was written.{stays}"
    names = listed([f"“{path.name}”" for path in written.paths])
    where = f"{names} in {written.paths[0].parent}"
    if written.is_cancelled:
        return f"Cancelled. Finished before that: {where}. Nothing else was written.{stays}"
    notes = "".join(f" {note}" for note in written.notes)
    if written.version is not None:
        return f"Version {written.version} was written: {where}.{notes}"
    draft = "a draft" if len(written.paths) == 1 else "drafts"
    return f"Written as {draft}: {where}. The record is unchanged.{notes}"


def _so_far(written: Sequence[Path], version: int | None) -> str:
    """Return what is there though a form could not be written: the forms before it, and the issue."""
    names = f"Written before that: {listed([f'“{path.name}”' for path in written])}." if written else ""
    stays = "" if version is None else f"{_stays_issued(version)} Write it again."
    return " ".join(filter(None, (names, stays)))


def _stays_issued(version: int) -> str:
    return f"Version {version} was still issued in the record."


def _tick(ticket: Ticket, number: int, papers: int, done: int, total: int) -> None:
    """Report one paper's progress as its part of the whole, in thousandths."""
    part = 1000 * done // max(total, 1)
    ticket.tick(number * 1000 + part, papers * 1000)


def issue_paper(
    tools: PageTools, source: PaperSource, place: Path, settle: Settle | None, label: str = DRAWING
) -> Turns:
    """Issue the paper of a source, and its annex, drawn for a place: a file, or its folder.

    Returns the version as it is in the record, with its files as they were drawn. Nothing is issued where
    the record's values are others than those of the source by then: the dialog in which it was asked for,
    which `settle` speaks for, says so with what was typed in it, or else a notice, and None is returned.
    """
    workspace = tools.workspace
    following: NextIssue | None = yield partial(workspace.ask, source.next_issue)
    if following is None:
        _tell_changed(tools, settle)
        return None
    status = following.status
    drawn = yield partial(workspace.work, lambda ticket: source.draw(status, place, ticket.tick), label=label)
    if (yield partial(workspace.ask, source.is_outdated)):  # while it was drawn
        _tell_changed(tools, settle)
        return None
    operation, put = following.of_files(drawn.issued), partial(put_files, contents=drawn.contents)
    yield performing(workspace.perform_beside, operation, put, settle=settle)
    issued, annex = replace(source, status=status, drawn=drawn), source.annex
    if annex is None or not annex.status.is_draft:
        return issued
    beside = yield from issue_paper(tools, annex, place, settle)
    return None if beside is None else replace(issued, annex=beside)


def _tell_changed(tools: PageTools, settle: Settle | None) -> None:
    if settle is None or not settle(CHANGED):
        tools.notices.show_notice(Notice("export", Tone.WARNING, CHANGED))
