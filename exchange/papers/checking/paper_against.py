"""Comparing a paper with the values that the record issued it with: they are written again, and both read.

Where another build laid the paper out, and it reads otherwise now, its values are compared and not its words.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from itertools import starmap, zip_longest
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from exchange.papers.checking.layout_sums import PLAIN_DATA, otherwise_laid_out
from exchange.papers.checking.non_text_part import NonText
from exchange.papers.checking.paper_values import value_differences
from exchange.papers.letters.mail_merge import FOLDER
from exchange.papers.paper_reading import NO_VALUE, Printed, read_paper
from exchange.papers.paper_writing import write_paper
from models.papers.kinds import FINANCE, KINDS
from models.papers.letters.letters import LetterFiles
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from models.store.temporary_files import temporary_folder

SHOWN = 120
"""The most letters of a place that a difference quotes."""
FOLDER_ENDINGS = (".docx", ".pdf")
"""The forms of what fills a folder: letters."""
_NUMBER = re.compile(r"Page \d+ of \d+")


class Difference(Struct, frozen=True):
    """A place in which a paper and the record part; "" where one has nothing there, both for a look."""

    where: str
    paper: str = ""
    record: str = ""

    @property
    def words(self) -> str:
        """Return the difference in a sentence."""
        if not self.paper and not self.record:
            return (
                f"{self.where}: something here is not as it was issued (a heading, a "
                "picture, a colour or a format), or another program saved the file again."
            )
        paper, record = _around(self.paper, self.record)
        return f"{self.where}: {paper} on the paper, {record} in the record."


def kinds_with(ending: str) -> tuple[str, ...]:
    """Return the kinds of paper that come in a form and are written again, from whatever they come with."""
    found = [k.code for k in KINDS.values() if k.is_read_back and ending in (k.endings or FOLDER_ENDINGS)]
    return (*found, FINANCE) if ending == ".csv" else tuple(found)


class Comparison(Struct, frozen=True):
    """How a paper and the record part; `is_of_values` where another build laid it out in other words."""

    differences: tuple[Difference, ...]
    is_of_values: bool = False


def compared(
    printed: Printed, kind: str, value: PaperValue, status: PaperStatus, laid_out: str = ""
) -> Comparison:
    """Return every place in which a paper says something else than its values written again.

    `status` is the issue's own, as of when it was issued; the paper's own word on when it was made stands.
    `laid_out` is what the issue kept of its layout: what another build wrote has to be as that says, and
    so has a letter, which an office may have written from a template of its own.
    """
    if KINDS[kind].fills_a_folder and laid_out and not otherwise_laid_out(printed, laid_out):
        return Comparison(())
    made_at: datetime = printed.made_at or status.made_at
    with temporary_folder() as folder:
        expected = _written(printed, kind, value, replace(status, made_at=made_at), folder)
    if expected is None:
        return Comparison((Difference(printed.name, "this file", ""),))
    found = tuple(_text_differences(printed, expected))
    found = found or tuple(map(Difference, _appearance_differences(printed, expected)))
    if not found or printed.layout == expected.layout:
        return Comparison(found)
    otherwise = otherwise_laid_out(printed, laid_out) if laid_out else ()
    is_by_values = not laid_out or printed.ending in PLAIN_DATA
    if not is_by_values and not otherwise:
        return Comparison(())
    content = KINDS[kind].text_of(value)
    found = (*starmap(Difference, value_differences(printed, expected, content)), *_added(printed, expected))
    return Comparison(found or tuple(map(Difference, otherwise)), is_by_values)


def compared_texts(printed: Printed, expected: Printed) -> Comparison:
    """Return every place in which a file of plain cells says something else than it is expected to."""
    return Comparison(tuple(_text_differences(printed, expected)))


def _text_differences(printed: Printed, expected: Printed) -> Iterator[Difference]:
    yield from _added(printed, expected)
    if not printed.is_running:
        yield from _by_place(printed, expected)
    elif _flow(printed) != _flow(expected):
        yield from _in_order(printed, expected)


def _added(printed: Printed, expected: Printed) -> Iterator[Difference]:
    """Yield what stands in a file beside its words, and does not in the paper written again."""
    ours = set(expected.non_text)
    yield from (
        Difference(one.where, one.words)
        for one in printed.non_text
        if not one.is_appearance and one not in ours
    )


def _appearance_differences(printed: Printed, expected: Printed) -> Iterator[str]:
    """Yield the parts that say the same and look otherwise."""
    both = (*printed.non_text, *expected.non_text)
    for where in dict.fromkeys(one.where for one in both if one.is_appearance):
        if _appearances(printed, where) != _appearances(expected, where):
            yield where


def _appearances(printed: Printed, where: str) -> tuple[NonText, ...]:
    return tuple(one for one in printed.non_text if one.is_appearance and one.where == where)


def _written(
    printed: Printed, kind: str, value: PaperValue, status: PaperStatus, folder: Path
) -> Printed | None:
    """Return the paper as it would be written now; None where its folder has no file of this name.

    The form of a mail merge stands in a folder of its own beside the letters.
    """
    if KINDS[kind].fills_a_folder:
        files = LetterFiles(pdfs=printed.ending == ".pdf", merge_list=printed.ending == ".docx")
        made = write_paper(kind, value, status, folder / "papers", files=files)
        path = next(
            (one for one in (made / printed.name, made / FOLDER / printed.name) if one.is_file()), None
        )
        return None if path is None else read_paper(path)
    return read_paper(write_paper(kind, value, status, folder / f"paper{printed.ending}"))


def _by_place(printed: Printed, expected: Printed) -> Iterator[Difference]:
    ours, theirs = dict(expected.places), dict(printed.places)
    for where in dict.fromkeys([*ours, *theirs]):
        paper, record = theirs.get(where, ""), ours.get(where, "")
        if paper != record and not (paper == NO_VALUE == record):
            yield Difference(where, paper, record)


def _in_order(printed: Printed, expected: Printed) -> Iterator[Difference]:
    """Yield where two running texts part, line by line; lines that take another's place are paired."""
    theirs = [words for _, words in printed.places]
    ours = [words for _, words in expected.places]
    for tag, start, end, other, other_end in SequenceMatcher(
        None, theirs, ours, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        places = printed.places[start:end] or printed.places[max(start - 1, 0) : start]
        for number, (paper, record) in enumerate(
            zip_longest(theirs[start:end], ours[other:other_end], fillvalue="")
        ):
            yield Difference(places[min(number, len(places) - 1)][0] if places else "the text", paper, record)


def _flow(printed: Printed) -> tuple[set[str], list[str]]:
    """Return what every page of a running text says, and apart from that its words in order.

    A paper that was issued when its pages ended elsewhere says the same.
    """
    pages: dict[str, set[str]] = {}
    for where, words in printed.places:
        pages.setdefault(where, set()).add(words)
    on_each = set.intersection(*pages.values()) if len(pages) > 1 else set()
    lines = (words for _, words in printed.places if words not in on_each and not _NUMBER.fullmatch(words))
    return on_each, " ".join(lines).split()


def _around(paper: str, record: str) -> tuple[str, str]:
    """Quote two texts from shortly before the point where they part."""
    parted = next((n for n, (a, b) in enumerate(zip(paper, record, strict=False)) if a != b), 0)
    start = max(parted - SHOWN // 3, 0) if max(len(paper), len(record)) > SHOWN else 0
    return _quoted(paper, start), _quoted(record, start)


def _quoted(text: str, start: int) -> str:
    if not text:
        return "nothing"
    cut = text[start : start + SHOWN]
    before, after = "…" if start else "", "…" if start + SHOWN < len(text) else ""
    return f"“{before}{cut}{after}”"
