"""What a decision report says of risks and implications: what was written, else what the record knows."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.texts import IMPLICATIONS, PaperTexts
from models.queries.applications.applications import as_corrected
from models.queries.applications.choices import printed_kinds
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.papers.notices.pots import Drawn, financial_position, lapsing, over_years, year_money
from models.queries.set_up.funds import round_rules
from models.queries.set_up.round_facts import RoundFacts
from models.reference.defaults import ListKind
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.money import column_money, decimal_text
from scoring.scheme import Scheme, Side
from scoring.written.text import counted, listed, noun, with_capital

NO_SERVICE = "No service is bought."
SERVICES = "The grants pay for services that their recipients run, by the service areas of the fund."
REMINDERS = {
    "staffing": "Say whether the awards create posts in the office or at recipients.",
    "equality": "Say whom the awards reach, and whether a group with a protected characteristic is left out.",
    "children": "Say which awards work with children, and how their safety was looked into.",
    "engagement": "Say how communities and victims were heard, and how applicants were reached.",
    "environment": "Say whether any award has a bearing on the environment.",
    "partnerships": "Say which partners share the work or its cost.",
    "priorities": "Say which priorities of the Police and Crime Plan the awards serve, and how.",
    "other": "Say what may go wrong with the awards, and who watches it.",
}
"""What only a person can write, by the code of its heading."""
_OF_ANY_DECISION = frozenset({"equality", "engagement"})
"""What is written also where no award was made; the other reminders are of awards."""
_EQUALITY = re.compile(r"equalit|diversit|protected characteristic", re.IGNORECASE)
_CHILD = re.compile(r"\b(?:child|young|youth)", re.IGNORECASE)
_UNKNOWN = "Not stated"
_POLICY = "safeguarding"


class Known(NamedTuple):
    """What the implications of a round's decisions are told from.

    `awarded` is what was decided in pence by application, `stands` what the awards stand at today.
    """

    session: Session
    facts: RoundFacts
    scheme: Scheme
    rows: Sequence[ApplicationRow]
    awarded: Mapping[str, int]
    areas: Sequence[str]
    stands: Mapping[str, int]
    today: date

    @property
    def funded(self) -> list[ApplicationRow]:
        """Return the applications that got money and still have it: none that was not taken up."""
        return [row for row in self.rows if self.awarded.get(row.reference) and self.stands[row.reference]]

    @property
    def total(self) -> int:
        """Return all that was awarded, in pence."""
        return sum(self.awarded.get(row.reference, 0) for row in self.rows)

    @property
    def total_now(self) -> int:
        """Return what all of that stands at today, in pence."""
        return sum(self.stands.get(row.reference, 0) for row in self.rows)


def implications(known: Known, texts: PaperTexts) -> tuple[tuple[str, str], ...]:
    """Return the thirteen headings, each with what is said there, "" for nothing."""
    return tuple((heading, texts.get(code) or _drafted(known, code)) for code, heading in IMPLICATIONS)


def reminders(known: Known, texts: PaperTexts) -> tuple[tuple[str, str], ...]:
    """Return what only a person can write under headings where nobody wrote yet."""
    return tuple(
        (heading, REMINDERS[code])
        for code, heading in IMPLICATIONS
        if code in (REMINDERS if known.total else _OF_ANY_DECISION)
        and not texts.get(code)
        and not _drafted(known, code)
    )


def _drafted(known: Known, code: str) -> str:
    return _DRAFTS[code](known) if code in _DRAFTS else ""


def _finance(known: Known) -> str:
    today = None if known.total_now == known.total else known.total_now
    taken = Drawn(known.areas, known.stands, known.total, what="The decisions commit", today=today)
    held = {row.application: row for row in awards(known.session, known.facts.line.round_id)}
    rows = [_as_varied(row, held) for row in known.funded]
    money = year_money(known.session, known.facts.line)
    late = lapsing(money, [row.end_on for row in rows], known.today)
    named = {of: _called(award) for of, award in held.items()}
    in_order = sorted(rows, key=lambda row: named.get(row.reference, row.reference))
    long = over_years(in_order, known.stands, named)
    return "\n".join([financial_position(known.session, known.facts, taken), *long, *late])


def _as_varied(row: ApplicationRow, held: Mapping[str, AwardRow]) -> ApplicationRow:
    """Return an application with the days of its project as a variation set them."""
    if row.reference not in held:
        return row
    terms = held[row.reference].terms
    return replace(row, start_on=terms.start_on or row.start_on, end_on=terms.end_on or row.end_on)


def _called(award: AwardRow) -> str:
    """Return an award and its recipient, where the public is told who that is, as a sentence begins."""
    return f"{award.reference}, {award.organisation}," if award.withheld is None else award.reference


def _value(known: Known) -> str:
    """Return what part of the score was for cost, what was asked and given, and what it brings with it.

    What it brings is of the awards that stand, so their money stands beside it.
    """
    cost = [one for one in known.scheme.criteria if one.side is Side.COST]
    named = listed([f"{one.title} ({one.code})" for one in cost])
    share = decimal_text(Decimal(sum(one.weight_1e4 for one in cost)) / 10_000)
    scored = f"{share} of 100 points are for {named}. " if cost else ""
    asked = sum(row.requested_pence for row in known.rows)
    match = sum(row.match_funding_pence or 0 for row in known.funded)
    show = column_money((asked, known.total, known.total_now, match))
    brings = f" The projects bring {show(match)} of other money with them." if match else ""
    awarded = show(known.total) if known.total else "nothing"
    was = as_corrected(known.session, known.facts.line.round_id, known.rows)
    given = f"{scored}{show(asked)} was asked for{was} and {awarded} awarded."
    now = "" if known.total_now == known.total else f" That stands at {show(known.total_now)} today."
    return f"{given}{now}{brings}"


def _priorities(known: Known) -> str:
    """Return the awards that stand and their money by crime type or priority, "" where none says one."""
    priorities = dict(known.facts.priorities)
    found: dict[str, list[int]] = {}
    for row in known.funded:
        said = priorities.get(row.reference, "")
        found.setdefault(with_capital(said), []).append(known.stands[row.reference])
    if not any(found):
        return ""
    show = column_money(pence for amounts in found.values() for pence in amounts)
    parts = [
        f"{name or _UNKNOWN}: {counted(len(amounts), 'award')}, {show(sum(amounts))}"
        for name, amounts in sorted(found.items(), key=lambda item: (not item[0], item[0]))
    ]
    chosen = printed_kinds(known.session, known.facts.line.round_id, known.awarded)
    kinds = chosen[:1].lower() + chosen[1:] or "crime type or priority"
    return "\n".join([f"The awards that stand by {kinds}:", *parts])


def _crime(known: Known) -> str:
    told = "which the published list of awards gives unless its notice is withheld"
    words = f"Each award that stands has a recorded reason why it reduces crime or helps victims, {told}."
    return words if known.funded else ""


def _equality(known: Known) -> str:
    """Return how many answered what they were asked of equality, "" where nothing was asked."""
    if not any(_on_equality(row) for row in known.rows):
        return ""
    answered = sum(any(text.strip() for text in _on_equality(row)) for row in known.funded)
    of = counted(len(known.funded), "application")
    return f"The form asked about equality; {answered} of {of} whose awards stand answered."


def _on_equality(row: ApplicationRow) -> list[str]:
    return [text for heading, text in row.answers if _EQUALITY.search(heading)]


def _children(known: Known) -> str:
    """Return how many say that they have a safeguarding policy, "" where nobody was asked."""
    if all(row.safeguarding_policy is None for row in known.funded):
        return _for_children(known)
    held = sum(row.safeguarding_policy is True for row in known.funded)
    of = f"{counted(len(known.funded), 'application')} whose awards stand"
    share = f"{held} of {of} {noun(held, 'says', 'say')}"
    return " ".join([f"{share} that there is a safeguarding policy.", *_without_policy(known)])


def _for_children(known: Known) -> str:
    """Return which awards are for something that names children, "" where none is."""
    said = dict(known.facts.priorities)
    named = [row.reference for row in known.funded if _CHILD.search(said.get(row.reference, ""))]
    if not named:
        return ""
    what = listed(sorted({f"“{said[of]}”" for of in named}))
    show = column_money(known.stands[of] for of in named)
    many = counted(len(named), "award is", "awards are")
    return (
        f"{many} for {what}, {show(sum(known.stands[of] for of in named))} in all. No application "
        "says whether there is a safeguarding policy."
    )


def _without_policy(known: Known) -> Iterator[str]:
    """Yield which awards go to who has no such policy or did not say, and what conditions ask of them."""
    none = [row.reference for row in known.funded if row.safeguarding_policy is False]
    silent = [row.reference for row in known.funded if row.safeguarding_policy is None]
    if none:
        yield f"That there is none was said for {listed(none)}."
    if silent:
        yield f"Nothing was said for {listed(silent)}."
    lacking, held = {*none, *silent}, awards(known.session, known.facts.line.round_id)
    asked = [row for row in held if any(_POLICY in words.casefold() for words in row.conditions)]
    if lacking and lacking <= {row.application for row in asked}:
        yield f"A condition of {noun(len(lacking), 'that', 'each such')} award asks for one."


def _commissioning(known: Known) -> str:
    given = "The money is given as grants on application."
    lists = round_rules(known.session, known.facts.line.round_id).lists
    is_of_services = any(one.kind is ListKind.SERVICE and one.items for one in lists)
    return f"{given} {SERVICES if is_of_services else NO_SERVICE}"


_DRAFTS: dict[str, Callable[[Known], str]] = {
    "finance": _finance,
    "equality": _equality,
    "crime": _crime,
    "children": _children,
    "value": _value,
    "priorities": _priorities,
    "commissioning": _commissioning,
}
