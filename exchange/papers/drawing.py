"""An issue drawn once: the files of its version, and the sums that the record keeps of how they are laid out.

It is drawn before the record keeps it, so that what cannot be drawn is never issued; what was summed is what
is then written.
"""

import json
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from exchange.atomic import require_whole, write_beside
from exchange.papers.checking.layout_sums import issue_sums
from exchange.papers.letters.templates import WITH_LETTERS, offer_templates, own_templates
from exchange.papers.paper_reading import read_paper
from exchange.papers.paper_writing import Tick, write_paper
from models.papers.kinds import KINDS
from models.papers.letters.letters import LetterFiles
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from models.store.temporary_files import temporary_folder

_FORMS = frozenset(ending for kind in KINDS.values() for ending in kind.endings)


class Drawn(Struct, frozen=True):
    """The files of a version by ending, or by place in their folder; `laid_out` is what an issue keeps."""

    status: PaperStatus
    files: Mapping[str, bytes]
    laid_out: str

    def write(self, path: Path) -> Path:
        """Write the form that a path's ending asks for, or all files into a folder; return where it is."""
        content = self.files.get(path.suffix.casefold())
        return self._write_all(path) if content is None else _write(content, path)

    def _write_all(self, folder: Path) -> Path:
        """Write all files, or none where one cannot be written."""
        written: list[Path] = []
        try:
            for place, content in self.files.items():
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                written.append(_write(content, folder / place))
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise
        offer_templates(folder)
        return folder


def draw(kind: str, value: PaperValue, status: PaperStatus, tick: Tick = None, **beside: Any) -> Drawn:
    """Draw every form of a paper with what stands `beside` its values, as `write_paper` takes it.

    It is read back for its sums; `tick` counts the forms' own steps.
    """
    endings = KINDS[kind].endings
    with temporary_folder() as folder:
        files = {
            ending: write_paper(
                *(kind, value, status, folder / f"paper{ending}", _part(tick, number, len(endings))), **beside
            )
            for number, ending in enumerate(endings)
        }
        return _drawn(status, files)


def draw_letters(
    value: PaperValue, status: PaperStatus, place: Path, files: LetterFiles, tick: Tick = None
) -> Drawn:
    """Draw the letters, and what goes beside them, from the templates of the folder that they are for."""
    with temporary_folder() as outer:
        folder = outer / "letters"
        for own in reversed(own_templates(place)):
            (folder / WITH_LETTERS).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(own, folder / WITH_LETTERS / own.name)
        write_paper("letters", value, status, folder, tick, files=files)
        there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        return _drawn(
            status, {name: path for name, path in there.items() if not name.startswith(f"{WITH_LETTERS}/")}
        )


def _drawn(status: PaperStatus, files: Mapping[str, Path]) -> Drawn:
    """Return files with their sums; what lies in a folder within the folder is no paper of its own."""
    sums = {
        name: issue_sums(read_paper(path), is_letter=name not in _FORMS)
        for name, path in files.items()
        if "/" not in name
    }
    return Drawn(status, {name: path.read_bytes() for name, path in files.items()}, json.dumps(sums))


def _part(tick: Tick, number: int, forms: int) -> Tick:
    return None if tick is None else partial(_tick, tick, number, forms)


def _tick(tick: Tick, number: int, forms: int, done: int, total: int) -> None:
    """Report one form's progress as its part of the whole, in thousandths."""
    assert tick is not None, "somebody counts"
    tick(number * 1000 + 1000 * done // max(total, 1), forms * 1000)


def _write(content: bytes, path: Path) -> Path:
    return write_beside(path, partial(_put, content), partial(_check, content))


def _put(content: bytes, part: Path) -> None:
    part.write_bytes(content)


def _check(content: bytes, path: Path) -> None:
    require_whole(path, is_whole=path.read_bytes() == content)
