"""Applications as their pages show them: as they come in, and one as it is read."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.applications import (
    Entered,
    GateLine,
    GateResult,
    applications,
    corrections,
    entered,
    gate_results,
    gates,
    kept_apart,
    submitted_applications,
    submitted_cells,
)
from models.queries.applications.choices import choices
from models.queries.applications.endings import endings, erasures
from models.queries.applications.gates import BY_RULE, late_words, over_cap
from models.queries.applications.merges import Before, went_before
from models.queries.awards.awards import withheld_in
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.panel.score_sheets import require_open
from models.queries.panel.sheets import agreed, handed_in
from models.queries.permissions.declarations import closed_applications, own_conflicts, waits_to_declare
from models.queries.permissions.reading import viewer_of
from models.queries.set_up.funds import round_rules
from models.queries.set_up.rounds import area_dates, scheme
from models.reference.defaults import FundList
from models.session import Session, fields_of
from models.trouble import required
from models.values.applications import (
    Choice,
    Correction,
    Verdict,
    starts_after_decision,
    with_first_answers,
)
from models.values.awards import WithheldName
from models.values.importing import heading_key, is_of_a_tool
from models.values.rows import Answer, ApplicationRow, SubmittedCell, by_reference
from scoring import money
from scoring.round import Eligibility
from scoring.scheme import Scheme
from scoring.written.days import full_day, full_moment, read_moment
from scoring.written.names import search_words, sought
from scoring.written.text import Unreadable


class GateStanding(Struct, frozen=True):
    """What an application comes to at one gate: pass, fail, waived or to check, why and by whom.

    `own` is the result set at this gate by itself, "" where the word for all gates stands, which judges no
    advisory one; `over` is what the figures say against a pass: over a cap, received late, or a start before
    the decision; "" at every other gate. `dates` are those that a gate of the start date is judged by.
    """

    gate: GateLine
    result: str
    reason: str
    set_by: str
    own: str
    over: str = ""
    dates: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is to check and may be passed: the figures say nothing against it."""
        return self.result == "to check" and not self.over

    @property
    def is_overtaken(self) -> bool:
        """Whether the program failed it over a cap, and the request is within the caps of now."""
        is_of_figures = self.gate.is_cap and self.result == "fail" and self.set_by == BY_RULE
        return is_of_figures and not self.over

    @property
    def is_to_pass(self) -> bool:
        """Whether it may be passed with others: it is to check, or the caps have been raised since."""
        return self.is_open or self.is_overtaken


class IntakeLine(Struct, frozen=True):
    """One application; of a `closed` one only reference, organisation and area are there, and why.

    `row` has corrections in force, `submitted` is as the applicant sent it, None of a closed one; `cells` are
    those of the applicant's file, none where there was no file. `late` says
    when a late one came, "" for one in time, and `let_in` what lets it in all the same. Of one that
    is `withheld` the public is not told who applied. `ended` says how it ended, `erased` when and why what
    was written in it was erased, each "" for not.
    """

    row: ApplicationRow
    gates: tuple[GateStanding, ...] = ()
    before: Before = Before()
    handed_in: int = 0
    is_agreed: bool = False
    closed: str = ""
    submitted: ApplicationRow | None = None
    corrections: tuple[Correction, ...] = ()
    late: str = ""
    let_in: str = ""
    choices: tuple[Choice, ...] = ()
    withheld: WithheldName | None = None
    cells: tuple[SubmittedCell, ...] = ()
    ended: str = ""
    erased: str = ""


class Intake(Struct, frozen=True):
    """A round's applications in the order in which they came in, and what its gates ask."""

    lines: tuple[IntakeLine, ...]
    gates: tuple[GateLine, ...]
    quorum: int
    kept_apart: frozenset[tuple[str, str]] = frozenset()
    lists: tuple[FundList, ...] = ()


def intake(session: Session, round_id: int, viewer: Viewer) -> Intake:
    """Return a round's applications as one person may see them.

    What somebody on the panel declared an interest in is closed to them; to members and advisers everything
    is until they have declared.
    """
    published = scheme(session, round_id)
    lines = _lines(session, round_id, viewer, published)
    closed = {line.row.reference for line in lines if line.closed}
    return Intake(
        lines,
        gates(session, round_id),
        published.quorum,
        frozenset(pair for pair in kept_apart(session, round_id) if closed.isdisjoint(pair)),
        round_rules(session, round_id).lists,
    )


def _lines(session: Session, round_id: int, viewer: Viewer, published: Scheme) -> tuple[IntakeLine, ...]:
    """Return a line for each application, in the order in which they came in."""
    rows = lines_at_gates(session, round_id)
    shut = cache(partial(_closed_in, session, viewer, round_id))
    before = went_before(session, round_id, published.cap_per_organisation_pence, shut)
    counts, judged = Counter(of for _, of in handed_in(session, round_id)), published.judged
    settled = {row.application for row in agreed(session, round_id, tuple(one.code for one in judged))}
    closed = closed_applications(session, round_id, viewer, [line.row.reference for line in rows])
    submitted = by_reference(submitted_applications(session, round_id))
    corrected, cells = corrections(session, round_id), submitted_cells(session, round_id)
    chosen, hidden = choices(session, round_id), withheld_in(session, round_id)
    ended, gone = endings(session, round_id), erasures(session, round_id)
    return tuple(
        IntakeLine(ApplicationRow(of, line.row.organisation, area=line.row.area), closed=closed[of])
        if of in closed
        else replace(
            line,
            before=before.get(of, Before()),
            handed_in=counts[of],
            is_agreed=of in settled,
            submitted=with_first_answers(submitted[of], corrected),
            corrections=tuple(one for one in corrected if one.application == of),
            choices=chosen.get(of, ()),
            withheld=hidden.get(of),
            cells=cells.get(of, ()),
            ended=ended.get(of, ""),
            erased=gone.get(of, ""),
        )
        for of, line in ((line.row.reference, line) for line in rows)
    )


def _closed_in(session: Session, viewer: Viewer, here: int, round_id: int) -> frozenset[str]:
    """Return the references of a round that are closed to a person, in whatever part they have there."""
    if round_id != here:
        viewer = viewer_of(session, viewer.name, round_id) if viewer.name else OFFICE_VIEWER
    references = [row.reference for row in applications(session, round_id)]
    return frozenset(closed_applications(session, round_id, viewer, references))


def lines_at_gates(session: Session, round_id: int) -> tuple[IntakeLine, ...]:
    """Return a line for each application with what it came to at its gates alone, in the same order."""
    rows, asked, of = applications(session, round_id), gates(session, round_id), entered(session, round_id)
    published, late = scheme(session, round_id), late_words(session, round_id, rows)
    dates = area_dates(session, round_id)
    own = {(found.application, found.gate): found for found in gate_results(session, round_id)}
    decided = {of: row.signed_on for of, row in final_decisions(decisions(session, round_id)).items()}
    found = []
    for row in rows:
        over = over_cap(published, row.requested_pence)
        came, let_in = late.get(row.reference, ("", ""))
        against = Against(over, came, starts_after_decision(row, dates, decided.get(row.reference)))
        standings = (
            _standing(gate, of[row.reference], own.get((row.reference, gate.code)), against)
            for gate in asked
            if not gate.is_time or (row.reference, gate.code) in own
        )
        found.append(IntakeLine(row, tuple(standings), late=came, let_in=let_in))
    return tuple(found)


class Against(NamedTuple):
    """What figures say against a pass at gates, "" for nothing; `start` is the verdict on the start date."""

    cap: str
    time: str
    start: Verdict

    def at(self, gate: GateLine) -> str:
        """Return what they say against a pass at one gate."""
        if gate.is_cap or gate.is_time:
            return self.cap if gate.is_cap else self.time
        came_to, why = self.start
        return why if gate.is_start and came_to == "fail" else ""


def _standing(gate: GateLine, of: Entered, own: GateResult | None, against: Against) -> GateStanding:
    """Return what an application came to at a gate; its word for all gates judges none that is advisory."""
    beside = {"over": against.at(gate), "dates": against.start[1] if gate.is_start else ""}
    if own is not None:
        return GateStanding(gate, own.result, own.reason, own.set_by, own.result, **beside)
    if gate.is_advisory:
        return GateStanding(gate, "to check", "", "", "", **beside)
    return GateStanding(gate, _RESULTS[of.all_gates], of.all_gates_reason, of.all_gates_by, "", **beside)


_RESULTS = {"yes": "pass", "no": "fail", "waived": "waived", "to check": "to check"}
"""What a gate comes to where only the word for all gates stands."""


_COUNTED = frozenset({"response", "submission", "entry"})
"""What some call the column of their running numbers; with words in it, it is an answer."""
_ADDRESSES = frozenset({"email", "email address", "e-mail"})
"""What they call the column of a signed-in person's address, "anonymous" where nobody signs in."""
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\s?)?\d{1,3}[a-z]?[.):]\s+(?=\S)", re.IGNORECASE)
"""The number of a question on the form, which says nothing once it is read by itself."""
IN_SHORT = "In short"


def readable_answers(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers to questions, days and times among them as people write them."""
    return tuple(
        (_NUMBERED.sub("", heading), _readable(text))
        for heading, text in answers
        if not _is_of_a_tool(heading, text)
    )


def _is_of_a_tool(heading: str, text: str) -> bool:
    key = heading_key(heading)
    if key in _ADDRESSES and text.strip() == "anonymous":
        return True
    return text.strip().isdigit() if key in _COUNTED else is_of_a_tool(heading)


def _readable(text: str) -> str:
    """Return "7 September 2026, 08:35" for 2026-09-07T08:35:00, in local time; other texts as they are."""
    stamp = text.strip()
    if not _STAMP.fullmatch(stamp):
        return text
    try:
        moment = read_moment(stamp)
    except Unreadable:
        return text
    is_time = moment.has_time and (moment.at.hour or moment.at.minute)
    return full_moment(moment.at) if is_time else full_day(moment.at.date())


SHORT = 60
"""An answer of no more letters than this is a fact rather than a text."""


class Reading(Struct, frozen=True):
    """What one application says. `texts` are read, `facts` are the short answers; each with its heading.

    `each_pence` is the amount asked by person helped, None where the number is not known.
    """

    reference: str
    organisation: str
    project: str
    area: str
    requested_pence: int
    beneficiaries: int | None
    each_pence: int | None
    match_funding_pence: int | None
    total_cost_pence: int | None
    start_on: date | None
    end_on: date | None
    eligibility: Eligibility
    eligibility_reason: str
    gates: int
    texts: tuple[Answer, ...]
    facts: tuple[Answer, ...]


_READ = tuple(
    name for name in Reading.__struct_fields__ if name in ApplicationRow.__struct_fields__ and name != "area"
)
"""What of an application is read as it stands; nobody's contact is among it."""


def reading(session: Session, round_id: int, viewer: Viewer, reference: str) -> Reading:
    """Return what one application says; refused where it is closed to the person."""
    require_open(session, round_id, viewer, reference)
    row = required(
        next((row for row in applications(session, round_id) if row.reference == reference), None),
        f"There is no application {reference} in the round. Choose another one.",
    )
    results = {one.gate for one in gate_results(session, round_id) if one.application == row.reference}
    asked = (gate for gate in gates(session, round_id) if not gate.is_advisory)
    people, answers = row.beneficiaries, readable_answers(row.answers)
    long = (answer for answer in answers if len(answer[1]) > SHORT)
    return Reading(
        **fields_of(row, *_READ),
        area=row.area or "",
        each_pence=money.half_up(row.requested_pence, people) if people else None,
        gates=sum(not gate.is_time or gate.code in results for gate in asked),
        texts=tuple(
            (heading, text)
            for heading, text in (
                *((IN_SHORT, row.summary), ("The need", row.need), *long),
                ("What will change, and how they will know", row.outcomes),
            )
            if text
        ),
        facts=tuple(answer for answer in answers if 0 < len(answer[1]) <= SHORT),
    )


class Findable(Struct, frozen=True):
    """An application as a search shows it; `area` is "" while it has none, `ended` until it has ended."""

    reference: str
    organisation: str
    project: str
    area: str
    ended: str


def findable(session: Session, round_id: int, viewer: Viewer) -> tuple[Findable, ...]:
    """Return the applications of a round that a person may find, in the office's order.

    Whoever declares first finds none before that, and nobody ever one with a conflict that they declared.
    """
    if waits_to_declare(session, round_id, viewer):
        return ()
    closed, ended = own_conflicts(session, round_id, viewer), endings(session, round_id)
    return tuple(
        Findable(row.reference, row.organisation, row.project, row.area or "", ended.get(row.reference, ""))
        for row in applications(session, round_id)
        if row.reference not in closed
    )


class Passage(Struct, frozen=True):
    """Where an application holds words that are looked for: under which heading, and those around them."""

    reference: str
    organisation: str
    heading: str
    words: str


_BEFORE, _AFTER = 2, 12
"""How many words are shown before those that were found, so that these are in sight, and from there on."""


def passages(session: Session, round_id: int, viewer: Viewer, typed: str) -> tuple[Passage, ...]:
    """Return the first text of each application that holds all the words typed, in the office's order.

    A word that is not typed to its end is found as well. What a person may not find is not looked through.
    """
    wanted = search_words(typed)
    if not wanted or waits_to_declare(session, round_id, viewer):
        return ()
    closed = own_conflicts(session, round_id, viewer)
    found = (_passage(row, wanted) for row in applications(session, round_id) if row.reference not in closed)
    return tuple(one for one in found if one is not None)


def _passage(row: ApplicationRow, wanted: Sequence[str]) -> Passage | None:
    texts = (("Summary", row.summary), ("The need", row.need), ("What will change", row.outcomes))
    for heading, text in (*texts, *readable_answers(row.answers)):
        compared = as_searched(text)
        if all(word in compared for word in wanted):
            return Passage(row.reference, row.organisation, heading, words_around(text, wanted[0]))
    return None


def as_searched(text: str) -> str:
    """Return a long text as searching compares it: most have plain letters, which is forty times as fast."""
    return text.casefold() if text.isascii() else sought(text)


def words_around(text: str, first: str) -> str:
    """Return a text from a little before a word that it holds, with "…" where it is cut."""
    words = text.split()
    at = next((number for number, word in enumerate(words) if first in as_searched(word)), 0)
    begins, ends = max(at - _BEFORE, 0), at + _AFTER
    cut = " ".join(words[begins:ends])
    return f"{'… ' if begins else ''}{cut}{' …' if ends < len(words) else ''}"
