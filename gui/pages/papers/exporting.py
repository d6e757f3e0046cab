"""Write papers into a folder: what was asked, done in the work queue, told in a sentence."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from gui.pages.papers.source import PaperSource
from gui.record.runner import Cancelled, Ticket
from models.trouble import Trouble
from scoring.written.text import Refused, listed

Write = Callable[[Path, Callable[[int, int], None]], Path]
"""Writes a paper in the form of a path's ending and returns the path it really has; the second part ticks."""


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
