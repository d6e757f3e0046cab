"""Issued papers that say otherwise of an award than the record does today.

The facts that an issue keeps are compared one by one with today's; how they are worded is not.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import select

from models.operation import Operation
from models.papers.issued import Issued
from models.papers.kinds import AGREEMENT, FINANCE, KINDS, MINUTES_ANNEX, OPEN_DATA, SCHEDULE
from models.papers.letters.letter import VARIATION
from models.papers.monitoring.monitoring import AwardMonitoring
from models.papers.order import PaperOrder, TextPair, Texts
from models.papers.paper_words import Sentences
from models.papers.texts import LETTERS, PUBLICATION
from models.queries.applications.applications import entered
from models.queries.applications.merges import merged_into
from models.queries.awards.agreements import agreed_points
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.monitoring import monitored_rows
from models.queries.awards.year_facts import parts_told
from models.queries.papers.issues import issued_papers, issues_of_kind
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.papers import paper_value
from models.queries.papers.transparency.public_award import PublicAward
from models.schema.applications import application_table, organisation_table
from models.schema.personal import ERASED
from models.session import Session
from models.values.awards import Instalment
from models.values.rows import gathered
from scoring.schedule.lines import Basis
from scoring.written.names import text_key
from scoring.written.text import A_FEW, Refused, counted, first_sentences

ON_AWARDS, MONITORING = "award-letters", "monitoring"
_OF_NO_ROUND = ("publication", "contracts", "subsidies", OPEN_DATA)
_COMPARED = (
    *(LETTERS, ON_AWARDS, AGREEMENT, FINANCE, MONITORING),
    *(SCHEDULE, "notice", "decision-report", *_OF_NO_ROUND),
)
_WHOLE = ("minutes", MINUTES_ANNEX, "call", SCHEDULE)
"""Papers of a round that tell of no award, a schedule while it is proposed: compared as a whole."""
_WITHIN = ("allocations", "awards", "contracts", "grants", "lines", "subsidies")
_LETTERS = (LETTERS, ON_AWARDS)
_KEYS = ("award", "reference", "application")
_SUMS = ("amount_pence", "awarded_pence")
"""Under what names the facts of papers list awards, say which it is, and its sum."""
_NAMES = {LETTERS: "letter", ON_AWARDS: "letter", AGREEMENT: "agreement"}
SUM, PAID, DAYS, RETURNS, PAYEE = "its sum", "how it is paid", "its days", "its returns", "whose it is"
AGREED, NAMED, HELD = "what is agreed", "whom it names", "that nothing holds its payment"
NO_AWARD, AN_AWARD = "that there is an award", "that there is none"
CHECK = Sentences("to_check")
Json = Mapping[str, Any]
_Compared = tuple[Issued, Json]


class _Found(NamedTuple):
    """An award today, what is known of its progress, what it is for, and whose it is by its number.

    `purpose` is what the office wrote, else what the applicant did; "" where that was erased.
    """

    row: AwardRow
    of: AwardMonitoring
    purpose: str
    organisation_id: int


class Otherwise(Struct, frozen=True):
    """An issued paper that says otherwise of an award: which, its version, and of what in words.

    `award` is its reference, that of the application where there is none; `paper` the kind's code, `subject`
    what a list is of: an area, a month.
    """

    application: str
    award: str
    paper: str
    version: int
    what: Texts
    is_signed: bool = False
    subject: str = ""

    @property
    def named(self) -> str:
        """Return which paper it is and what it says otherwise: "agreement version 1 (its sum)"."""
        return CHECK.named(self, _NAMES.get(self.paper) or KINDS[self.paper].named)


def says_otherwise(session: Session, round_id: int) -> tuple[Otherwise, ...]:
    """Return which issued papers of a round, the newest versions, say otherwise of its awards, by award.

    A letter on an award takes the place of those before it; of an agreement the version that was signed is
    told beside the newest.
    """
    every = ((one, _facts(one.content)) for one in issued_papers(session, round_id) if one.kind in _COMPARED)
    issued = [pair for pair in every if pair[1]]
    if not issued:
        return ()
    written = published_purposes(session, round_id)
    owners = entered(session, round_id)
    found = {
        row.application: _Found(
            row,
            of,
            written.get(row.application) or first_sentences(row.applied.summary, A_FEW),
            owners[row.application].organisation_id,
        )
        for row, of in monitored_rows(session, round_id)
    }
    left = {of: one for of, one in found.items() if one.row.stands}
    of_awards = {one.row.reference: one for one in left.values()}
    told = (
        *_letters(issued, found, left),
        *_lists(issued, found, of_awards),
    )
    order = {kind: number for number, kind in enumerate(_COMPARED)}
    return tuple(sorted(told, key=lambda one: (one.award, order[one.paper], one.subject, one.version)))


def otherwise_after(session: Session, operation: Operation, inverse: Operation | None) -> str:
    """Return which issued papers say otherwise of what a change, or what undoes it, is of; "" for none."""
    of = (operation, *(one for name in ("lines", "plans", "parts") for one in getattr(operation, name, ())))
    rounds = {one.round_id for one in of if hasattr(one, "round_id")}
    named = {one.application for one in of if hasattr(one, "application")}
    if getattr(operation, "paper", "") == PUBLICATION:
        named.add(getattr(operation, "subject", ""))
    theirs = dict(gathered(_of_organisations(session, operation, inverse)))
    pairs = {*product(rounds, named), *((of, one) for of in theirs for one in theirs[of])}
    found = {of: says_otherwise(session, of) for of, _ in sorted(pairs)}
    told = otherwise_words([one for of in found for one in found[of] if (of, one.application) in pairs])
    return " ".join(filter(None, (told, *(changed_words(session, of) for of in sorted(theirs)))))


def _of_organisations(session: Session, *said: Operation | None) -> Iterator[tuple[int, str]]:
    """Yield each application, after its round, of the organisations that changes name."""
    uids = {getattr(one, name) for one in said for name in ("kept", "merged") if hasattr(one, name)}
    if uids:
        own, of, now = organisation_table.c, application_table.c, merged_into(session)
        named = session.scalars(select(own.id).where(own.uid.in_(uids))).all()
        owners = {*named, *(now.get(one, one) for one in named)}
        yield from session.execute(select(of.round_id, of.reference).where(of.organisation_id.in_(owners)))


def otherwise_words(found: Sequence[Otherwise]) -> str:
    """Say which issued papers say otherwise, "" for none: "2 issued papers say otherwise: …"."""
    if not found:
        return ""
    by_award = gathered((one.award, one.named) for one in found)
    return CHECK.otherwise(counted_otherwise(found), [CHECK.of_award(*one) for one in by_award.items()])


def changed_words(session: Session, round_id: int) -> str:
    """Say which newest minutes, calls and proposed schedules say otherwise than they would, "" for none."""
    newest = {
        (one.kind, one.subject): one
        for kind in _WHOLE
        for one in reversed(tuple(issues_of_kind(session, kind, round_id)))
    }
    found = [one for one in newest.values() if _is_changed(session, one)]
    return CHECK.changed([CHECK.version(one, KINDS[one.kind].named) for one in found])


def _is_changed(session: Session, issued: Issued) -> bool:
    """Whether the facts that an issue keeps are not what it would tell, had it its day again.

    That a day passed, or that the office has another name since, is no change.
    """
    facts = _facts(issued.content)
    if facts.get("basis", Basis.PROPOSED) != Basis.PROPOSED:
        return False  # its awards are compared one by one
    order = PaperOrder(issued.kind, issued.issued_at, issued.round_id, issued.subject or None)
    try:
        today = _facts(KINDS[issued.kind].text_of(paper_value(session, order)))
    except Refused:
        return True  # what it tells of is there no more
    is_later = facts.get("basis") != today.get("basis")
    return bool(facts) and not is_later and not _is_same(_of_round(facts), _of_round(today))


def _is_same(kept: Any, today: Any) -> bool:
    if isinstance(kept, dict) and isinstance(today, dict):
        return kept.keys() == today.keys() and all(_is_same(kept[name], today[name]) for name in kept)
    if isinstance(kept, list) and isinstance(today, list):
        return len(kept) == len(today) and all(map(_is_same, kept, today))
    return kept == today or (isinstance(today, str) and ERASED in today)


def _of_round(facts: Json) -> Json:
    return {name: told for name, told in facts.items() if name not in ("office", "letterhead")}


def counted_otherwise(found: Sequence[Otherwise]) -> str:
    """Return how many issued papers say otherwise; a list counts once for all of its awards."""
    lists = {(one.paper, one.subject, one.version) for one in found if one.paper not in _NAMES}
    many = sum(one.paper in _NAMES for one in found) + len(lists)
    return counted(many, "issued paper says otherwise", "issued papers say otherwise")


def _facts(content: str) -> Json:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _letters(
    issued: Iterable[_Compared], found: Mapping[str, _Found], left: Mapping[str, _Found]
) -> Iterator[Otherwise]:
    of_awards, seen = {one.row.reference: of for of, one in found.items()}, set()
    for paper, facts in (pair for pair in issued if pair[0].kind in _LETTERS):
        is_on_awards = paper.kind == ON_AWARDS
        for letter in reversed(facts.get("letters", ())):
            of = of_awards.get(letter.get("award", "")) if is_on_awards else letter.get("reference")
            is_other = is_on_awards and letter.get("kind") != VARIATION
            if of is None or of in seen or is_other or "offered_pence" not in letter:
                continue
            seen.add(of)
            pair = left.get(of)
            is_gone = pair is None and of in found
            what = () if is_gone else tuple(_of_letter(letter, pair))
            if what:
                yield Otherwise(
                    of, of if pair is None else pair.row.reference, paper.kind, paper.version, what
                )


def _of_letter(letter: Json, pair: _Found | None) -> Iterator[str]:
    is_offered = letter["offered_pence"] is not None
    if pair is None or not is_offered:
        if is_offered != (pair is not None):
            yield NO_AWARD if is_offered else AN_AWARD
        return
    row, of = pair.row, pair.of
    said = [(pence, trigger) for pence, trigger in letter.get("payments", ())]
    if letter["kind"] == VARIATION:
        yield from _of_variation(letter, row, said)
        return
    yield from _money(row, row.instalments, said, letter.get("due") or ())
    days = (_day(letter.get("start_on")), _day(letter.get("end_on")))
    if any(was and was != now for was, now in zip(days, (of.start_on, of.end_on), strict=True)):
        yield DAYS


def _of_variation(letter: Json, row: AwardRow, said: Sequence[tuple[int, str]]) -> Iterator[str]:
    if letter["offered_pence"] != row.amount_pence:
        yield SUM
    elif said:
        yield from _money(row, row.instalments[-len(said) :], said, letter.get("due") or ())
    number = int(letter["reference"].rpartition(" ")[2])
    if any({"start_on", "end_on"} & {*one.becomes.said} for one in row.varied if one.number > number):
        yield DAYS


def _lists(
    issued: Sequence[_Compared], found: Mapping[str, _Found], of_awards: Mapping[str, _Found]
) -> Iterator[Otherwise]:
    """Yield which agreements and lists say otherwise: the newest of an award, and the agreement signed.

    The newest lists for the public, and schedules of finance, may have an award which is no more. Open data
    without a grant is none: where nothing is awarded any more there is no next version.
    """
    named = {**of_awards, **{one.row.application: one for one in of_awards.values()}}
    gone = {one.row.reference: one for one in found.values() if not one.row.stands}
    kinds = [of for of in (FINANCE, *_OF_NO_ROUND) if of_awards or of != OPEN_DATA]
    seen, newest = set[tuple[str, str, str]](), set[TextPair]()
    for paper, facts in (pair for pair in issued if pair[0].kind not in _LETTERS):
        kind, version, is_of_award = paper.kind, paper.version, paper.kind == AGREEMENT
        of_area = paper.subject if kind in (FINANCE, MONITORING) else ""
        subject = "" if is_of_award else paper.subject_words
        said = gathered((one.row.reference, facts) for facts, one in _lines(facts, named))
        for award, told in said.items():
            here, row = of_awards[award], of_awards[award].row
            what = tuple(dict.fromkeys(words for one in told for words in _of_facts(one, here)))
            is_signed = is_of_award and row.agreed_on is not None and row.agreement.signed_version == version
            if what and (is_signed or (kind, of_area, award) not in seen):
                yield Otherwise(row.application, award, kind, version, what, is_signed, subject)
        seen.update((kind, of_area, award) for award in said)
        if kind in kinds and (kind, paper.subject) not in newest:
            newest.add((kind, paper.subject))
            left = {one.row.reference: one.row.application for _, one in _lines(facts, gone)}
            paid = facts.get("awards") or () if kind == FINANCE else ()
            left |= {
                of["reference"]: of.get("application", "") for of in paid if of["reference"] not in of_awards
            }
            for award, of in left.items():
                yield Otherwise(of, award, kind, version, (NO_AWARD,), subject=subject)


def _lines(facts: Json, named: Mapping[str, _Found]) -> Iterator[tuple[Json, _Found]]:
    """Yield what facts tell of each award that is known: an agreement, of its one award, all that it has."""
    agreed = [{**facts, "payee": facts.get("organisation")}] if "parts" in facts else []
    for one in (*agreed, *(one for name in _WITHIN for one in facts.get(name) or ())):
        published = one.get("identifier", "")  # 360G-prefix-A-031-01
        keys = (*(one.get(key) for key in _KEYS), *(name for name in named if published.endswith(f"-{name}")))
        of = next((key for key in keys if key in named), None)
        if of is not None:
            yield one, named[of]


def _of_facts(one: Json, found: _Found) -> Iterator[str]:
    """Yield in what the facts of a paper differ from an award today: in as much as they tell of it."""
    row, of = found.row, found.of
    is_agreement, parts = "parts" in one, one.get("payments") or one.get("parts")
    if parts:
        due = [part.get("set_on" if is_agreement else "due_on") for part in parts]
        said = [(part["amount_pence"], part["trigger"]) for part in parts]
        yield from _money(row, row.instalments, said, due if is_agreement or all(due) else ())
    else:
        pence = next((one[name] for name in _SUMS if one.get(name) is not None), None)
        if pence not in (None, row.first_pence, row.amount_pence, row.agreed_pence, row.stands_pence):
            yield SUM
    days = (_day(one.get("start_on")), _day(one.get("end_on")))
    is_named = one.get("is_dated", True) or bool(row.terms.start_on or row.terms.end_on)
    if is_agreement and is_named and days != (of.start_on, of.end_on):
        yield DAYS
    plans = [each.get("plan", each) for each in one.get("returns", ())]
    returns = [(_day(plan["due_on"]), plan["words"]) for plan in plans]
    if (of.planned if is_agreement else plans) and returns != [(p.due_on, p.words) for p in of.planned]:
        yield RETURNS
    is_number, number = one.get("recipient_id", "").rpartition("-ORG-")[1:]
    is_of_other = is_number and number.isdigit() and int(number) != found.organisation_id
    if is_of_other or one.get("payee", row.organisation) != row.organisation:
        yield PAYEE
    points = [(each["words"], each.get("target")) for each in one.get("points", ())]
    if is_agreement and points != [(each.words, each.target) for each in agreed_points(of)]:
        yield AGREED
    if row.withheld is not None and one.get("recipient") in (row.organisation, row.as_agreed.organisation):
        yield NAMED
    told = one.get("purpose") or one.get("description")
    if told and ERASED not in found.purpose:
        known = found.purpose, PublicAward(found.row.applied, found.row).text(found.purpose)
        if not any(text_key(text).rstrip(".") in text_key(told) for text in known):
            yield "what it is for"
    if row.held_for and "payments" in one and not one.get("held_for"):
        yield HELD


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
