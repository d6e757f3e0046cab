"""Reasons drafted from what panel and members wrote about marks, to be checked by a person before use."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from models.queries.deciding.recommendations import FUNDED
from models.queries.papers.letter_parts.feedback import by_itself, is_short, short_of
from models.queries.papers.letter_parts.for_the_panel import asides_of, without_asides
from models.values.rows import RoundRows
from scoring.ranking import Ranking
from scoring.round import InterestKind
from scoring.written.text import as_sentence, in_one_run

AGREED = "the agreed marks' reasons"
MEMBERS = "the members' reasons"


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
    reason for money: it is left out where anything else was said. What was meant for the panel always is.
    """
    return _drafted(_members(rows), MEMBERS, _for_money) | _drafted(_agreed(rows), AGREED, _for_money)


def drafts_against(rows: RoundRows, ranking: Ranking) -> dict[str, Draft]:
    """Return drafts of why no money is recommended: what was said of criteria that fell short, and no praise.

    They are those that the letter names as what held an application back; members' by the mark beside it.
    """
    agreed = _agreed(rows)
    members = {of: said for of, said in _members(rows).items() if of not in agreed}
    short = {
        of: [_Said(title, words, True) for title, words in said]
        for of, said in short_of(rows, ranking).items()
    }
    return _drafted(members, MEMBERS, _against) | _drafted(short, AGREED, _against)


def drafts_for(rows: RoundRows, ranking: Ranking, outcomes: Mapping[str, str]) -> dict[str, Draft]:
    """Return the drafts that fit outcomes, by application: for money, or for why there is none."""
    given, against = drafts(rows), drafts_against(rows, ranking)
    found = {of: (given if outcome in FUNDED else against).get(of) for of, outcome in outcomes.items()}
    return {of: draft for of, draft in found.items() if draft is not None}


def agreed_words(rows: RoundRows) -> dict[str, list[str]]:
    """Return the reasons of agreed marks by application, each under the title of its criterion.

    What of them was meant for the panel is left out.
    """
    return {
        of: [f"{one.title}: {in_one_run(one.words)}" for one in said] for of, said in _agreed(rows).items()
    }


def _agreed(rows: RoundRows) -> _Every:
    """Return what was said of agreed marks, by application."""
    titles, is_aside = [criterion.title for criterion in rows.scheme.judged], asides_of(rows.members)
    found = {
        agreed.application: [
            _Said(title, by_itself(words), _fell_short(rows, mark))
            for title, reason, mark in zip(titles, agreed.given_reasons, agreed.marks, strict=False)
            if (words := without_asides(reason, is_aside))
        ]
        for agreed in rows.agreed
    }
    return {of: said for of, said in found.items() if said}


def _members(rows: RoundRows) -> _Every:
    """Return what members wrote on sheets that count, by application."""
    barred = {(i.member, i.application) for i in rows.interests if i.kind is not InterestKind.NONE}
    is_aside, found = asides_of(rows.members), dict[str, list[_Said]]()
    counting = [one for one in rows.sheets if one.submitted and (one.member, one.application) not in barred]
    for number, criterion in enumerate(rows.scheme.judged):
        for sheet in counting:
            reason = sheet.reasons[number].strip() if number < len(sheet.reasons) else ""
            if words := without_asides(reason, is_aside):
                said = _Said(criterion.title, by_itself(words), _fell_short(rows, sheet.marks[number]))
                found.setdefault(sheet.application, []).append(said)
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


def _fell_short(rows: RoundRows, mark: int | None) -> bool:
    return mark is not None and is_short(rows.scheme, mark * 100)
