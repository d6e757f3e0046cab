"""Reasons drafted from what panel and members wrote about marks, to be checked by a person before use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from models.queries.deciding.recommendations import FUNDED
from models.values.rows import AgreedRow, RoundRows
from scoring.round import InterestKind
from scoring.scheme import Criterion
from scoring.written.text import as_sentence, in_one_run

AGREED = "the agreed marks' reasons"
MEMBERS = "the members' reasons"
MET = (3, 5)
"""A mark falls short under three fifths of the scale, which is "good" of nought to five."""


class Draft(Struct, frozen=True):
    """A draft, and what it was drafted from."""

    words: str
    source: str

    @property
    def note(self) -> str:
        """Return what is said beside it until a person has checked it."""
        return f"Drafted from {self.source}. Check it: the applicant will read it."


class _Said(NamedTuple):
    """What was said of a mark on one criterion, and whether that fell short."""

    title: str
    words: str
    is_short: bool


_Every = Mapping[str, Sequence[_Said]]


def drafts(rows: RoundRows) -> dict[str, Draft]:
    """Return drafts from the agreed marks' reasons; from the members' where none of those has a reason.

    Members' words come from sheets that count, in the order of the criteria, and name nobody. Each line is
    a sentence, since most papers have no room for a line each. What was said of marks that fell short is no
    reason for money: it is left out where anything else was said. What is for the panel only always is.
    """
    return _drafted(_members(rows), MEMBERS, _for_money) | _drafted(_agreed(rows), AGREED, _for_money)


def drafts_against(rows: RoundRows) -> dict[str, Draft]:
    """Return drafts of why no money is recommended: what was said of marks that fell short, and no more."""
    agreed = _agreed(rows)
    members = {of: said for of, said in _members(rows).items() if of not in agreed}
    return _drafted(members, MEMBERS, _against) | _drafted(agreed, AGREED, _against)


def drafts_for(rows: RoundRows, outcomes: Mapping[str, str]) -> dict[str, Draft]:
    """Return the drafts that fit outcomes, by application: for money, or for why there is none."""
    given, against = drafts(rows), drafts_against(rows)
    found = {of: (given if outcome in FUNDED else against).get(of) for of, outcome in outcomes.items()}
    return {of: draft for of, draft in found.items() if draft is not None}


def short_of(rows: RoundRows) -> dict[str, tuple[str, ...]]:
    """Return by application the reasons of agreed marks that fell short, in the order of the criteria."""
    return {of: tuple(one.words for one in _against(said)) for of, said in _agreed(rows).items()}


def agreed_words(rows: RoundRows) -> dict[str, list[str]]:
    """Return the reasons of agreed marks by application, each under the title of its criterion.

    Those for the panel only are left out.
    """
    return {
        of: [f"{one.title}: {in_one_run(one.words)}" for one in said] for of, said in _agreed(rows).items()
    }


def _agreed(rows: RoundRows) -> _Every:
    """Return what was said of agreed marks, by application."""
    found = {row.application: tuple(_said_of(rows, row)) for row in rows.agreed}
    return {of: said for of, said in found.items() if said}


def _said_of(rows: RoundRows, row: AgreedRow) -> Iterator[_Said]:
    reasons = dict(row.told_reasons(rows.scheme))
    for criterion, mark in zip(rows.scheme.judged, row.marks, strict=True):
        if words := reasons.get(criterion.code, ""):
            yield _Said(criterion.title, words, _fell_short(rows, criterion, mark))


def _members(rows: RoundRows) -> _Every:
    """Return what members wrote on sheets that count, by application."""
    barred = {(i.member, i.application) for i in rows.interests if i.kind is not InterestKind.NONE}
    found: dict[str, list[_Said]] = {}
    counting = [one for one in rows.sheets if one.submitted and (one.member, one.application) not in barred]
    for number, criterion in enumerate(rows.scheme.judged):
        for sheet in counting:
            if reason := sheet.reasons[number].strip() if number < len(sheet.reasons) else "":
                short = _fell_short(rows, criterion, sheet.marks[number])
                found.setdefault(sheet.application, []).append(_Said(criterion.title, reason, short))
    return found


def _for_money(said: Sequence[_Said]) -> Sequence[_Said]:
    return [one for one in said if not one.is_short] or said


def _against(said: Sequence[_Said]) -> Sequence[_Said]:
    return [one for one in said if one.is_short]


def _drafted(
    every: _Every, source: str, chosen: Callable[[Sequence[_Said]], Sequence[_Said]]
) -> dict[str, Draft]:
    """Return drafts of what is chosen of what was said, a line a criterion, and nothing twice in it."""
    found = dict[str, Draft]()
    for of, said in every.items():
        lines: dict[str, dict[str, None]] = {}
        for one in chosen(said):
            lines.setdefault(one.title, {})[as_sentence(in_one_run(one.words))] = None
        if lines:
            words = "\n".join(f"{title}: {' '.join(words)}" for title, words in lines.items())
            found[of] = Draft(words, source)
    return found


def _fell_short(rows: RoundRows, criterion: Criterion, mark: int | None) -> bool:
    """Whether a mark is under three fifths of the scale, or under the criterion's own minimum."""
    if mark is None:
        return False
    part, whole = MET
    is_low = mark * whole < part * rows.scheme.scale_maximum
    return is_low or (criterion.floor is not None and mark < criterion.floor)
