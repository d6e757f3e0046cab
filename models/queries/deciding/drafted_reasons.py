"""Reasons drafted from what panel and members wrote about marks, to be checked by a person before use."""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from models.queries.deciding.recommendations import FUNDED
from models.queries.papers.letter_parts.feedback import is_short, short_of
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


def drafts(rows: RoundRows) -> dict[str, Draft]:
    """Return drafts from the agreed marks' reasons; from the members' where none of those has a reason.

    Members' words come from sheets that count, in the order of the criteria, and name nobody. Each line is
    a sentence, since most papers have no room for a line each. What was said of marks that fell short is no
    reason for money: it is left out where anything else was said.
    """
    members = _members_words(rows) | _members_words(rows, lambda mark: not _fell_short(rows, mark))
    found = {of: Draft(_words(lines), MEMBERS) for of, lines in members.items()}
    agreed = agreed_words(rows) | agreed_words(rows, lambda mark: not _fell_short(rows, mark))
    return found | {of: Draft(_words(lines), AGREED) for of, lines in agreed.items()}


def drafts_against(rows: RoundRows, ranking: Ranking) -> dict[str, Draft]:
    """Return drafts of why no money is recommended: what was said of criteria that fell short, and no praise.

    They are those that the letter names as what held an application back; members' by the mark beside it.
    """
    members = _members_words(rows, lambda mark: _fell_short(rows, mark))
    found = {of: Draft(_words(lines), MEMBERS) for of, lines in members.items()}
    agreed = agreed_words(rows)
    short = {
        of: [f"{title}: {in_one_run(words)}" for title, words in said]
        for of, said in short_of(rows, ranking).items()
    }
    without = {of: one for of, one in found.items() if of not in agreed}
    return without | {of: Draft(_words(lines), AGREED) for of, lines in short.items() if lines}


def drafts_for(rows: RoundRows, ranking: Ranking, outcomes: Mapping[str, str]) -> dict[str, Draft]:
    """Return the drafts that fit outcomes, by application: for money, or for why there is none."""
    given, against = drafts(rows), drafts_against(rows, ranking)
    found = {of: (given if outcome in FUNDED else against).get(of) for of, outcome in outcomes.items()}
    return {of: draft for of, draft in found.items() if draft is not None}


def _any_mark(mark: int | None) -> bool:
    return True


def agreed_words(rows: RoundRows, is_told: Callable[[int | None], bool] = _any_mark) -> dict[str, list[str]]:
    """Return the reasons of agreed marks by application, each under the title of its criterion."""
    titles = [criterion.title for criterion in rows.scheme.judged]
    by_application = {
        agreed.application: [
            f"{title}: {in_one_run(reason)}"
            for title, reason, mark in zip(titles, agreed.given_reasons, agreed.marks, strict=False)
            if reason and is_told(mark)
        ]
        for agreed in rows.agreed
    }
    return {of: lines for of, lines in by_application.items() if lines}


def _fell_short(rows: RoundRows, mark: int | None) -> bool:
    return mark is not None and is_short(rows.scheme, mark * 100)


def _words(lines: Iterable[str]) -> str:
    return "\n".join(map(as_sentence, lines))


def _members_words(
    rows: RoundRows, is_told: Callable[[int | None], bool] = _any_mark
) -> dict[str, list[str]]:
    """Return what members wrote by application, each criterion's words once under its title."""
    barred = {(i.member, i.application) for i in rows.interests if i.kind is not InterestKind.NONE}
    found: dict[str, dict[str, dict[str, None]]] = {}
    for number, criterion in enumerate(rows.scheme.judged):
        for sheet in rows.sheets:
            said = sheet.reasons[number].strip() if number < len(sheet.reasons) else ""
            if (
                said
                and is_told(sheet.marks[number])
                and sheet.submitted
                and (sheet.member, sheet.application) not in barred
            ):
                of_criterion = found.setdefault(sheet.application, {}).setdefault(criterion.title, {})
                of_criterion[as_sentence(in_one_run(said))] = None
    return {
        of: [f"{title}: {' '.join(words)}" for title, words in by_title.items()]
        for of, by_title in found.items()
    }
