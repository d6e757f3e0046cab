"""A paper that another build laid out, beside the values that it was issued with.

Its headings, its columns and what leads from one value to the next may be that build's. What it may not do is
print a figure, a day or a reference that neither the data nor the paper of today has, leave one of the data
out that the paper of today prints, print a text of the data otherwise, put a figure on a line with a
reference that it does not go with, or a text, or say something else between places that are as today's where
that one prints the data.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import partial
from itertools import chain

from msgspec.structs import replace

from exchange.papers.paper_reading import Printed
from exchange.papers.region.seals import DATA as SEAL_SHEET

Places = Sequence[tuple[str, str]]
Found = tuple[str, str, str]
"""Where, what the paper says there, and what the record says; "" for nothing."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]* (\d{{4}})\b")
_AROUND = ".,;:()“”\"‘’'[]<>…–-"
_NOUGHTS = re.compile(r"(?<=\d)(?:\.00?|T00:00:00)$")
_PAGE_NUMBER = re.compile(r"Page \d+ of \d+")
_BROKEN_OFF = frozenset({"0", "00", "00:00:00"})
"""The ends of amounts that a narrow column broke, and the hour of a day in a cell."""
_REFERENCE = re.compile(r"[A-Z]{1,4}-[\w/-]*\d")
_WORDS = re.compile(r"[^\W\d_]{2}")
_WORD = re.compile(r"[^\W_]+")
_LEAST_NAME = 4
_LEAST_TEXT, _NEARLY = 20, 0.85
"""From how many letters on a text is known again that was changed, and how near it has to be."""

_LEAST_AMOUNT, _LEAST_LENGTH = 100, 3
"""Marks and counts stand on every paper; where, nobody can tell."""


def value_differences(printed: Printed, today: Printed, content: str) -> Iterator[Found]:
    """Yield where a paper says something else than its values, in whatever layout.

    The seal of a workbook repeats the data for another office's program, which compares it with its SHA-256.
    """
    printed, today = _unsealed(printed), _unsealed(today)
    data = tuple(_leaves(json.loads(content)))
    ours, theirs = _figures_of(today.places), _figures_of(printed.places)
    from_data = {figure for leaf in data for figure in _figures_in(leaf)}
    wanted = {figure for figure in ours & from_data if len(figure) >= _LEAST_LENGTH}
    absent = (("the whole paper", "", figure) for figure in sorted(wanted - theirs))
    unknown = _unknown(printed.places, ours | from_data)
    texts = tuple(dict.fromkeys(leaf for leaf in data if isinstance(leaf, str) and _WORDS.search(leaf)))
    yield from dict.fromkeys(
        chain(
            unknown,
            absent,
            _left_out(printed, today, texts),
            _reworded(printed, today, texts),
            _in_place(printed, today, texts),
            _under_another(printed, today, json.loads(content)),
            _misplaced(printed, today),
        )
    )


def _unsealed(paper: Printed) -> Printed:
    return replace(paper, places=tuple(p for p in paper.places if not p[0].startswith(f"{SEAL_SHEET}, ")))


def _unknown(places: Places, known: set[str]) -> Iterator[Found]:
    for where, words in places:
        if not known.issuperset(figures(words)) and not _PAGE_NUMBER.fullmatch(words):
            yield where, words, ""


def _left_out(printed: Printed, today: Printed, texts: Sequence[str]) -> Iterator[Found]:
    """Yield the texts of the data that the paper of today prints, and this one does not."""
    ours, theirs = _all_of(today), _all_of(printed)
    for text in texts:
        squeezed = _squeezed(text)
        if squeezed in ours and squeezed not in theirs:
            yield "the whole paper", "", text


def _reworded(printed: Printed, today: Printed, texts: Sequence[str]) -> Iterator[Found]:
    """Yield the paragraphs and cells that nearly say what a text of the data says; a PDF has lines alone."""
    if printed.ending == ".pdf":
        return
    ours, long = _all_of(today), [text for text in texts if len(text) >= _LEAST_TEXT]
    for where, words in printed.places:
        if len(words) >= _LEAST_TEXT and _squeezed(words) not in ours and words not in texts:
            yield from ((where, words, text) for text in get_close_matches(words, long, 1, _NEARLY))


def _in_place(printed: Printed, today: Printed, texts: Sequence[str]) -> Iterator[Found]:
    """Yield the places that lack a text of the data which today's paper has there, between like places."""
    said = {_worded(text) for text in texts if len(text) >= _LEAST_NAME}
    ours, theirs = ([words for _, words in one.places] for one in (today, printed))
    for does, *ends in SequenceMatcher(None, theirs, ours).get_opcodes():
        first, last, of_ours, end_of_ours = ends
        if does == "replace" and last - first == end_of_ours - of_ours:
            for (where, words), own in zip(
                printed.places[first:last], ours[of_ours:end_of_ours], strict=True
            ):
                if any(text in _worded(own) and text not in _worded(words) for text in said):
                    yield where, words, own


def _under_another(printed: Printed, today: Printed, data: object) -> Iterator[Found]:
    """Yield the lines on which a text of the data stands with a reference that is not its own."""
    owners: dict[str, set[str]] = {}
    for text, references in _owned(data, frozenset()):
        owners.setdefault(_worded(text), set()).update(references)
    usual = {text for _, _, text in _astray(today, owners)}
    yield from ((where, line, "") for where, line, text in _astray(printed, owners) if text not in usual)


def _astray(paper: Printed, owners: Mapping[str, set[str]]) -> Iterator[Found]:
    """Yield the lines with a text beside other references than its own, and the text."""
    for where, line in _lines(paper):
        named, words = {one for one in figures(line) if _REFERENCE.fullmatch(one)}, _worded(line)
        found = [text for text in owners if text in words] if named else []
        own = [text for text in found if not named.isdisjoint(owners[text])]
        yield from ((where, line, text) for text in found if not any(text in one for one in own))


def _owned(data: object, references: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the texts of the data, each with the references of what it is about."""
    if isinstance(data, dict):
        named = (one for one in data.values() if isinstance(one, str) and _REFERENCE.fullmatch(one))
        references = frozenset(named) or references
    if isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _owned(item, references)
    elif isinstance(data, str) and references and len(data) >= _LEAST_NAME and _WORDS.search(data):
        yield data, references


def _worded(text: str) -> str:
    """Return the words of a text alone, so that one is found in another as whole words."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _all_of(paper: Printed) -> str:
    return _squeezed(" ".join(words for _, words in paper.places))


def _misplaced(printed: Printed, today: Printed) -> Iterator[Found]:
    """Yield the lines on which an amount stands beside a reference that today's paper has elsewhere."""
    known = set(_beside(" ".join(words for _, words in today.places)))
    known.update(pair for _, line in _lines(today) for pair in _beside(line))
    for where, line in _lines(printed):
        pairs = set(_beside(line))
        if len({reference for reference, _ in pairs}) == 1 and not pairs <= known:
            yield where, line, ""


def _beside(text: str) -> Iterator[tuple[str, str]]:
    """Yield each amount with the reference that stands before it."""
    reference = ""
    for figure in figures(text):
        if _REFERENCE.fullmatch(figure):
            reference = figure
        elif reference and figure.replace(".", "", 1).isdecimal() and float(figure) >= _LEAST_AMOUNT:
            yield reference, figure


def _lines(paper: Printed) -> Iterator[tuple[str, str]]:
    """Yield the lines of a running text, the rows of a sheet."""
    if paper.is_running:
        yield from paper.places
        return
    rows: dict[str, list[str]] = {}
    for where, words in paper.places:
        sheet, _, cell = where.rpartition(", ")
        rows.setdefault(f"{sheet}, row {cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}", []).append(words)
    yield from ((where.removeprefix(", "), " ".join(cells)) for where, cells in rows.items())


def _figures_of(places: Places) -> set[str]:
    return {figure for _, words in places for figure in figures(words)}


def figures(text: str) -> Iterator[str]:
    """Yield the figures, days and references of a text as they are compared: "£4,500.00" is "4500"."""
    for word in _DAY.sub(_iso, text).split():
        if any(map(str.isdigit, word)):
            figure = _NOUGHTS.sub("", word.strip(_AROUND).replace(",", "").replace("£", ""))
            if figure not in _BROKEN_OFF:
                yield figure


def _iso(day: re.Match[str]) -> str:
    return f"{day[3]}-{_MONTHS.index(day[2]) + 1:02}-{int(day[1]):02}"


def _figures_in(leaf: str | int) -> Iterator[str]:
    """Yield how a value of the data may be printed: a whole number may be pence."""
    if isinstance(leaf, str):
        yield from figures(leaf)
        return
    yield str(leaf)
    yield _NOUGHTS.sub("", f"{leaf // 100}.{leaf % 100:02}")


def _leaves(data: object) -> Iterator[str | int]:
    if isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _leaves(item)
    elif isinstance(data, str | int) and not isinstance(data, bool):
        yield data


_squeezed = partial(re.compile(r"[\s\u00ad\u2010-]+").sub, "")
"""A text without its spaces and hyphens, which say where a line ended."""
