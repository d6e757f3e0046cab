"""Issued papers that say otherwise of an award than the record does today.

The facts that an issue keeps are compared one by one with today's; how they are worded is not.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from models.operation import Operation
from models.papers.kinds import AGREEMENT, FINANCE, KINDS
from models.papers.letters.letter_kinds import VARIATION
from models.papers.monitoring.award_monitoring import AwardMonitoring
from models.papers.texts import LETTERS
from models.queries.awards.agreements.issued import with_versions
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_rows
from models.queries.awards.past_the_end import parts_told
from models.queries.awards.variations.standing_awards import stands, withdrawn_in
from models.schema.papers.paper_issue import paper_issue_table
from models.session import Session
from models.values.award_parts import Instalment
from scoring.counted import counted, first_of, listed

ON_AWARDS, MONITORING = "award-letters", "monitoring"
_COMPARED = (LETTERS, ON_AWARDS, AGREEMENT, FINANCE, MONITORING)
_NAMES = {LETTERS: "letter", ON_AWARDS: "letter", AGREEMENT: "agreement"}
SUM, PAID, DAYS, RETURNS, PAYEE = "its sum", "how it is paid", "its days", "its returns", "whose it is"
NO_AWARD, AN_AWARD = "that there is an award", "that there is none"
_MOST = 4
Json = Mapping[str, Any]
_Found = tuple[AwardRow, AwardMonitoring]


class Otherwise(Struct, frozen=True):
    """An issued paper that says otherwise of an award: which, its version, and of what in words.

    `award` is its reference, that of the application where there is none; `paper` the kind's code.
    """

    application: str
    award: str
    paper: str
    version: int
    what: tuple[str, ...]
    is_signed: bool = False

    @property
    def named(self) -> str:
        """Return which paper it is and what it says otherwise: "agreement version 1 (its sum)"."""
        kind = _NAMES.get(self.paper) or KINDS[self.paper].words.lower()
        signed = ", signed" if self.is_signed else ""
        return f"{kind} version {self.version}{signed} ({', '.join(self.what)})"


def says_otherwise(session: Session, round_id: int) -> tuple[Otherwise, ...]:
    """Return which issued papers of a round, the newest versions, say otherwise of its awards, by award.

    A letter on an award takes the place of those before it; of an agreement the version that was signed is
    told beside the newest.
    """
    issued = _issued(session, round_id)
    if not issued:
        return ()
    gone, rows = withdrawn_in(session, round_id), monitored_rows(session, round_id)
    made = with_versions(session, round_id, [row for row, _ in rows])
    found = {row.application: (row, of) for row, (_, of) in zip(made, rows, strict=True)}
    left = {of: pair for of, pair in found.items() if stands(pair[0], gone)}
    of_awards = {row.reference: (row, of) for row, of in left.values()}
    told = (
        *_letters(issued, found, left),
        *_agreements(issued, of_awards),
        *_lists(issued, of_awards),
    )
    return tuple(sorted(told, key=lambda one: (one.award, _COMPARED.index(one.paper), one.version)))


def otherwise_after(session: Session, operation: Operation) -> str:
    """Return which issued papers say otherwise of what a change is of, "" for none."""
    of = (operation, *(one for name in ("lines", "plans", "parts") for one in getattr(operation, name, ())))
    rounds = {one.round_id for one in of if hasattr(one, "round_id")}
    named = {one.application for one in of if hasattr(one, "application")}
    found = (one for round_id in sorted(rounds) for one in says_otherwise(session, round_id))
    return otherwise_words([one for one in found if one.application in named])


def otherwise_words(found: Sequence[Otherwise]) -> str:
    """Say which issued papers say otherwise, "" for none: "2 issued papers say otherwise: …"."""
    if not found:
        return ""
    by_award: dict[str, list[str]] = {}
    for one in found:
        by_award.setdefault(one.award, []).append(one.named)
    named = first_of([f"{award}, {listed(papers)}" for award, papers in by_award.items()], _MOST)
    return f"{counted_otherwise(found)}: {named}."


def counted_otherwise(found: Sequence[Otherwise]) -> str:
    """Return how many issued papers say otherwise; a list counts once for all of its awards."""
    lists = {(one.paper, one.version) for one in found if one.paper not in _NAMES}
    many = sum(one.paper in _NAMES for one in found) + len(lists)
    return counted(many, "issued paper says otherwise", "issued papers say otherwise")


def _issued(session: Session, round_id: int) -> Sequence[tuple[str, str, int, Json]]:
    """Return kind, subject, version and facts of what is compared, newest first, without what was erased."""
    table = paper_issue_table
    rows = session.execute(
        select(table.c.paper, table.c.subject, table.c.version, table.c.content)
        .where(table.c.round_id == round_id, table.c.paper.in_(_COMPARED))
        .order_by(table.c.after_row.desc())
    )
    every = ((kind, subject, version, _facts(content)) for kind, subject, version, content in rows)
    return [(kind, subject, version, facts) for kind, subject, version, facts in every if facts]


def _facts(content: str) -> Json:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _letters(
    issued: Iterable[tuple[str, str, int, Json]], found: Mapping[str, _Found], left: Mapping[str, _Found]
) -> Iterator[Otherwise]:
    """Yield the newest letter of an offer, a refusal or a variation to each applicant where it differs."""
    of_awards, seen = {row.reference: row.application for row, _ in found.values()}, set()
    for kind, _, version, facts in issued:
        if kind not in (LETTERS, ON_AWARDS):
            continue
        for letter in reversed(facts.get("letters", ())):
            of = of_awards.get(letter.get("award", "")) if kind == ON_AWARDS else letter.get("reference")
            is_other = kind == ON_AWARDS and letter.get("kind") != VARIATION
            if of is None or of in seen or is_other or "offered_pence" not in letter:
                continue
            seen.add(of)
            pair = left.get(of)
            is_gone = pair is None and of in found
            what = () if is_gone else tuple(_of_letter(letter, pair))
            if what:
                yield Otherwise(of, of if pair is None else pair[0].reference, kind, version, what)


def _of_letter(letter: Json, pair: _Found | None) -> Iterator[str]:
    is_offered = letter["offered_pence"] is not None
    if pair is None or not is_offered:
        if is_offered != (pair is not None):
            yield NO_AWARD if is_offered else AN_AWARD
        return
    row, of = pair
    said = [(pence, trigger) for pence, trigger in letter.get("payments", ())]
    if letter["kind"] == VARIATION:
        yield from _of_variation(letter, row, said)
        return
    yield from _money(row, row.instalments, said, letter.get("due") or ())
    days = (_day(letter.get("start_on")), _day(letter.get("end_on")))
    if any(was and was != now for was, now in zip(days, (of.start_on, of.end_on), strict=True)):
        yield DAYS


def _of_variation(letter: Json, row: AwardRow, said: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield what the letter of a variation says otherwise: it tells what was still to be paid then."""
    if letter["offered_pence"] != row.amount_pence:
        yield SUM
    elif said:
        yield from _money(row, row.instalments[-len(said) :], said, letter.get("due") or ())
    number = int(letter["reference"].rpartition(" ")[2])
    if any({"start_on", "end_on"} & {*one.becomes.said} for one in row.varied if one.number > number):
        yield DAYS


def _agreements(
    issued: Iterable[tuple[str, str, int, Json]], of_awards: Mapping[str, _Found]
) -> Iterator[Otherwise]:
    """Yield the newest version of each agreement, and the one that was signed, where they differ."""
    seen: set[str] = set()
    for kind, subject, version, facts in issued:
        if kind != AGREEMENT or subject not in of_awards:
            continue
        row, of = of_awards[subject]
        is_signed = row.agreed_on is not None and row.agreement.signed_version == version
        if subject in seen and not is_signed:
            continue
        seen.add(subject)
        what = tuple(_of_agreement(facts, row, of))
        if what:
            yield Otherwise(row.application, subject, kind, version, what, is_signed)


def _of_agreement(facts: Json, row: AwardRow, of: AwardMonitoring) -> Iterator[str]:
    parts = facts.get("parts", ())
    said = [(part["amount_pence"], part["trigger"]) for part in parts]
    yield from _money(row, row.instalments, said, [part.get("due_on") for part in parts])
    days = (_day(facts.get("start_on")), _day(facts.get("end_on")))
    is_named = facts.get("is_dated", True) or bool(row.terms.start_on or row.terms.end_on)
    if is_named and days != (of.start_on, of.end_on):
        yield DAYS
    due = [(_day(one["due_on"]), one["words"]) for one in facts.get("returns", ())]
    if of.planned and due != [(one.due_on, one.words) for one in of.planned]:
        yield RETURNS
    if facts.get("organisation") != row.organisation:
        yield PAYEE


def _lists(
    issued: Iterable[tuple[str, str, int, Json]], of_awards: Mapping[str, _Found]
) -> Iterator[Otherwise]:
    """Yield the newest finance schedule and monitoring workbook of each area with the awards that differ."""
    seen = set()
    for kind, subject, version, facts in issued:
        if kind not in (FINANCE, MONITORING) or (kind, subject) in seen:
            continue
        seen.add((kind, subject))
        for one in facts.get("awards", ()):
            pair = of_awards.get(one.get("reference", ""))
            if pair is None:
                continue
            what = tuple(_in_schedule(one, pair[0]) if kind == FINANCE else _in_workbook(one, pair[1]))
            if what:
                yield Otherwise(pair[0].application, pair[0].reference, kind, version, what)


def _in_schedule(one: Json, row: AwardRow) -> Iterator[str]:
    lines = one.get("payments", ())
    said = [(line["amount_pence"], line["trigger"]) for line in lines]
    days = [line.get("due_on") for line in lines]
    yield from _money(row, row.instalments, said, days if all(days) else ())
    if one.get("payee") != row.organisation:
        yield PAYEE


def _in_workbook(one: Json, of: AwardMonitoring) -> Iterator[str]:
    said = [(_day(each["plan"]["due_on"]), each["plan"]["words"]) for each in one.get("returns", ())]
    if said and said != [(plan.due_on, plan.words) for plan in of.planned]:
        yield RETURNS


def _money(
    row: AwardRow, parts: Sequence[Instalment], said: Sequence[tuple[int, str]], due: Sequence[str | None]
) -> Iterator[str]:
    """Yield what a paper says otherwise of sum, parts and their days, but for the day of a paid part."""
    now = parts_told(row, parts)
    if sum(pence for pence, _ in said) != sum(pence for pence, _ in now):
        yield SUM
    elif list(now) != list(said) or any(
        _is_due_otherwise(row, part, _day(day)) for part, day in zip(parts, due, strict=False)
    ):
        yield PAID


def _is_due_otherwise(row: AwardRow, part: Instalment, said: date | None) -> bool:
    """Whether a paper names another day of a part than was set, or one that holds no more."""
    if part.paid_on is not None:
        return False
    if said is None:
        return part.due_on is not None and not row.held_for
    return said not in (part.due_on, row.not_before(part), row.due_on(part))


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
