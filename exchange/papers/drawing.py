"""An issue drawn once: the files of its version, which are written and of which the record keeps the bytes.

It is drawn before the record keeps it, so that what cannot be drawn is never issued; what was kept is what
is written, then and whenever it is asked for again.
"""

import shutil
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from exchange.atomic import Tick, require_whole, write_beside
from exchange.papers.letters.writing import WITH_LETTERS, letter_names, offer_templates, own_templates
from exchange.papers.paper_writing import write_paper
from models.papers.grant_agreement import GrantAgreement
from models.papers.issued import IssuedFile, PaperFile, file_sum
from models.papers.kinds import KINDS
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from models.store.private_files import temporary_folder


class Drawn(Struct, frozen=True):
    """The files of a version by ending, or by place in their folder; `issued` is what the record has."""

    files: Mapping[str, bytes]
    issued: tuple[PaperFile, ...] = ()

    @classmethod
    def given_back(cls, issued: Iterable[IssuedFile]) -> "Drawn | None":
        """Return the files of a version as they are kept, None where none is."""
        found = {one.file.name: one.content for one in issued if one.content is not None}
        return cls(found) if found else None

    @property
    def contents(self) -> tuple[bytes, ...]:
        return tuple(self.files[one.name] for one in self.issued if one.is_kept)

    def write(self, path: Path) -> Path:
        """Write the form that a path's ending asks for, or all files into a folder; return where it is."""
        content = self.files.get(path.suffix.casefold())
        return self._write_all(path) if content is None else _write(content, path)

    def _write_all(self, folder: Path) -> Path:
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

    `tick` counts the forms' own steps.
    """
    endings, about = KINDS[kind].endings, value.award if isinstance(value, GrantAgreement) else ""
    files: dict[str, bytes] = {}
    with temporary_folder() as folder:
        for number, ending in enumerate(endings):
            path = folder / f"paper{ending}"
            step = None if tick is None else partial(_tick, tick, number, len(endings))
            files[ending] = write_paper(kind, value, status, path, step, **beside).read_bytes()
    return Drawn(files, tuple(_of(name, content, about) for name, content in files.items()))


def draw_letters(
    value: Letters,
    status: PaperStatus,
    place: Path,
    files: LetterFiles,
    tick: Tick = None,
    issued: Iterable[IssuedFile] = (),
) -> Drawn:
    """Draw the letters, and what goes beside them, from the templates of the folder that they are for.

    Of each letter the record keeps one form, the one that is sent: PDFs where these are wanted. Of letters
    that were `issued` before, those files are given back, and what goes beside them has them in it.
    """
    kept = {one.file.name: one.content for one in issued if one.content is not None}
    with temporary_folder() as outer:
        folder = outer / "letters"
        for own in reversed(own_templates(place)):
            (folder / WITH_LETTERS).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(own, folder / WITH_LETTERS / own.name)
        write_paper("letters", value, status, folder, tick, files=files, kept=kept)
        there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        found = {
            name: path.read_bytes() for name, path in there.items() if not name.startswith(f"{WITH_LETTERS}/")
        }
    return Drawn(found, tuple(_of_letters(value, found, ".pdf" if files.pdfs else ".docx")))


def annex_place(path: Path) -> Path:
    return path.with_stem(f"{path.stem} annex")


def _of_letters(value: Letters, files: Mapping[str, bytes], sent: str) -> Iterable[PaperFile]:
    """Yield what the record has of the letters of a folder."""
    about = {
        Path(name).stem: letter.sent_about
        for letter, name in zip(value.letters, letter_names(value), strict=True)
    }
    for name, content in files.items():
        if "/" not in name:
            stem, _, form = name.rpartition(".")
            is_kept = stem in about and f".{form}" == sent
            yield _of(name, content, about.get(stem, ""), is_kept=is_kept)


def _of(name: str, content: bytes, about: str, *, is_kept: bool = True) -> PaperFile:
    return PaperFile(name, file_sum(content), len(content), about, is_kept)


def _tick(tick: Tick, number: int, forms: int, done: int, total: int) -> None:
    assert tick is not None, "somebody counts"
    tick(number * 1000 + 1000 * done // max(total, 1), forms * 1000)


def _write(content: bytes, path: Path) -> Path:
    def check(part: Path) -> None:
        require_whole(part, is_whole=part.read_bytes() == content)

    return write_beside(path, partial(Path.write_bytes, data=content), check)
