"""How sure the list is, for a schedule: a sheet and a page beside its values and never among them.

A schedule puts marks so that nobody can follow a member through them; here no member is named either.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.platypus import PageBreak, Spacer

from exchange.papers.schedule.schedule_pdf_lines import section
from exchange.papers.schedule.schedule_words import BESIDE_THE_LIST
from exchange.papers.sensitivity_words import (
    WORTH_MOST,
    Known,
    agreement_words,
    amounts_words,
    hold_words,
    optimal_notes,
    otherwise_words,
    proof_words,
    split_words,
    spread_words,
    swaps_words,
    without_lines,
)
from exchange.pdf.pdf_tables import BODY, base_commands, heading_row, table
from exchange.pdf.pdf_text import para
from exchange.xlsx.table_book import FIRST, SECOND, TableColumn, TableSheet
from scoring.scheme import Combine
from scoring.sensitivity.list_sensitivity import ListSensitivity

SHEET = "How sure"
HEADINGS = ("About", "In words")
_UNNAMED = Known(is_named=False)
ON_MEAN = (
    "The list is made by marks that the panel agreed together, of which no member's part can be taken out. "
    "So this is told of the list that the mean of the members' own marks gives, which may differ from the "
    "schedule: the first sum is what that list has, the second what it has without one member's marks."
)


def sensitivity_rows(found: ListSensitivity) -> tuple[tuple[str, str], ...]:
    """Return what is told: what it is about, and a sentence; the list first, then each application."""
    return (*_of_the_list(found), *_of_each(found))


def sensitivity_sheet(found: ListSensitivity) -> TableSheet:
    """Return the sheet."""
    about, words = HEADINGS
    columns = (TableColumn(about, 44, "wrapped", FIRST), TableColumn(words, 110, "wrapped", SECOND))
    return TableSheet(SHEET, SHEET, BESIDE_THE_LIST, columns, sensitivity_rows(found))


def sensitivity_page(found: ListSensitivity) -> Iterator[Any]:
    """Yield the page."""
    yield PageBreak()
    yield from section(SHEET)
    yield para(BESIDE_THE_LIST, BODY)
    yield Spacer(0, 8)
    cells = [[para(cell, BODY) for cell in row] for row in sensitivity_rows(found)]
    yield table([heading_row(HEADINGS, ()), *cells], (210, 560), base_commands(()))
    yield Spacer(0, 16)


def _of_the_list(found: ListSensitivity) -> Iterator[tuple[str, str]]:
    yield "If the split moved", " ".join(filter(None, (split_words(found, _UNNAMED), amounts_words(found))))
    combine = found.round_sensitivity.round.scheme.combine
    if combine is Combine.CONSENSUS:
        yield "Without one member", ON_MEAN
    for line in _sorted(without_lines(found, _UNNAMED)):
        yield "Without one member", line
    for otherwise in found.otherwise:
        yield "Marks combined differently", otherwise_words(otherwise, _UNNAMED, combine)
    yield "How far the members agree", agreement_words(found.agreement, found.alpha_between)
    if found.agreement is not None:
        yield "How far the members agree", spread_words(found.agreement)
    for line in (*swaps_words(found, _UNNAMED), proof_words(found), *optimal_notes(found)):
        yield WORTH_MOST, line


def _of_each(found: ListSensitivity) -> Iterator[tuple[str, str]]:
    """Yield what is told of each application; those of which the same is told stand together."""
    names = {s.reference: s for s in found.round_sensitivity.official.standings}
    alike: dict[str, list[str]] = {}
    for hold in found.round_sensitivity.holds.applications:
        standing = names[hold.reference]
        if found.area in (None, standing.area):
            words = hold_words(hold, found.round_sensitivity.draws, _UNNAMED)
            alike.setdefault(words, []).append(f"{hold.reference} {standing.organisation}")
    yield from (("; ".join(named), words) for words, named in alike.items())


def _sorted(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines in an order that is not the members'."""
    return tuple(sorted(lines))
