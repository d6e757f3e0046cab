"""A report on a round's decisions to a committee, and what it says of risks and implications."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.decision_report import AreaDecided, DecisionReport, NoticeTold
from models.papers.notice import Allocation, count_without_money
from models.papers.order import PaperOrder, TextPair, TextPairs
from models.papers.paper_words import Sentences, without_capital
from models.papers.texts import IMPLICATIONS, REMINDERS, PaperTexts
from models.queries.applications.applications import applications, as_corrected
from models.queries.applications.choices import printed_kinds
from models.queries.awards.amendments import gone_in, named_applications, since_decided
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, confidential_notices
from models.queries.awards.budget import year_overspends
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.as_decided import KeptWith
from models.queries.deciding.decided_anew import DecidedRound, out_of_order
from models.queries.deciding.decisions import signers, turns, who_decided
from models.queries.deciding.on_paper import corrections_waiting
from models.queries.deciding.settled import Became, counted_rows
from models.queries.papers.letter_parts.without_decision import became_by
from models.queries.papers.notices.causes import (
    REASON_IN_NOTICE,
    chair_words,
    in_part_words,
    is_scored,
    panel_notes,
    unlike_recommended,
    without_quorum,
)
from models.queries.papers.notices.lines import allocations_of, contact
from models.queries.papers.notices.pots import (
    ROUND,
    Drawn,
    financial_position,
    lapsing,
    shared_pots,
)
from models.queries.papers.notices.signatures import award_references, disclosed, signed_before
from models.queries.papers.paper_texts import paper_head, paper_texts
from models.queries.papers.transparency.public_award import public_line, withheld_here, without_withheld
from models.queries.set_up.funds import round_rules
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.reference.defaults import ListKind
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rounds import AreaLine
from models.values.rows import ApplicationRow, by_application, gathered
from scoring.allocating.over_pot import Overspend, authority_words
from scoring.money import short_pounds
from scoring.ranking import PotUse
from scoring.schedule.lines import FORMS, PanelOutcome, stands_words
from scoring.scheme import Scheme, Side
from scoring.written.days import full_day
from scoring.written.names import round_names
from scoring.written.text import as_sentence, listed, noun, paragraphs, with_capital

REPORT = Sentences("report")
NO_SERVICE = "No service is bought."
SERVICES = "The grants pay for services that their recipients run, by the service areas of the fund."
_OF_ANY_DECISION = frozenset({"equality", "engagement"})
"""What is written also where no award was made; the other reminders are of awards."""
_EQUALITY = re.compile(r"equalit|diversit|protected characteristic", re.IGNORECASE)


class Implied(NamedTuple):
    """What the implications of a round's decisions are told from.

    `awarded` is what was decided in pence by application, `taken` what that draws on the pots today, `held`
    are the awards, and `there` is what there was as the last of it was decided.
    """

    session: Session
    facts: RoundFacts
    scheme: Scheme
    rows: tuple[ApplicationRow, ...]
    awarded: Mapping[str, int]
    taken: Drawn
    held: Sequence[AwardRow]
    today: date
    there: KeptWith

    @property
    def stands(self) -> Mapping[str, int]:
        return self.taken.stands

    @property
    def funded(self) -> list[ApplicationRow]:
        return [row for row in self.rows if self.awarded.get(row.reference) and self.stands[row.reference]]

    @property
    def total(self) -> int:
        return sum(self.awarded.get(row.reference, 0) for row in self.rows)

    @property
    def total_now(self) -> int:
        return sum(self.stands.get(row.reference, 0) for row in self.rows)


def implications(known: Implied, texts: PaperTexts) -> TextPairs:
    return tuple(
        (heading, texts.get(code) or (_DRAFTS[code](known) if code in _DRAFTS else ""))
        for code, heading in IMPLICATIONS
    )


def reminders(known: Implied, told: TextPairs) -> TextPairs:
    """Return what only a person can write under headings where nothing is told."""
    said, meant = dict(told), REMINDERS if known.total else _OF_ANY_DECISION
    here = ((code, heading) for code, heading in IMPLICATIONS if code in meant and not said[heading])
    return tuple((heading, REMINDERS[code]) for code, heading in here)


def _finance(known: Implied) -> str:
    taken = replace(known.taken, what="The decisions commit", today=known.total_now)
    held, money = by_application(known.held), known.there.plan.money
    ends = [held[row.reference].as_agreed.days[1] for row in known.funded]
    position = financial_position(known.facts, taken, known.there)
    told = position, ROUND.ended(known.facts.line), *lapsing(money, ends, known.today)
    return "\n".join(filter(None, told))


def _value(known: Implied) -> str:
    cost = [one for one in known.scheme.criteria if one.side is Side.COST]
    share = Decimal(sum(one.weight_1e4 for one in cost)) / 10_000
    named = [f"{one.title} ({one.code})" for one in cost]
    return REPORT.value(
        known, named, share, as_corrected(known.session, known.facts.line.round_id, known.rows)
    )


def _priorities(known: Implied) -> str:
    """Return the awards that stand and their money by crime type or priority, "" where none says one."""
    said = dict(known.facts.priorities)
    told = ((said.get(row.reference, ""), known.stands[row.reference]) for row in known.funded)
    found = gathered((with_capital(one), pence) for one, pence in told)
    if not any(found):
        return ""
    kinds = printed_kinds(known.session, known.facts.line.round_id, known.awarded)
    in_order = sorted(found.items(), key=lambda item: (not item[0], item[0]))
    return "\n".join([REPORT.by_priority(kinds), *(REPORT.priority(*one) for one in in_order)])


def _equality(known: Implied) -> str:
    told = {
        row.reference: [text for heading, text in row.answers if _EQUALITY.search(heading)]
        for row in known.rows
    }
    answered = [row for row in known.funded if any(text.strip() for text in told[row.reference])]
    return REPORT.equality(any(told.values()), answered, known.funded)


def _commissioning(known: Implied) -> str:
    lists = round_rules(known.session, known.facts.line.round_id).lists
    is_of_services = any(one.kind is ListKind.SERVICE and one.items for one in lists)
    return f"The money is given as grants on application. {SERVICES if is_of_services else NO_SERVICE}"


_DRAFTS: dict[str, Callable[[Implied], str]] = {
    "finance": _finance,
    "equality": _equality,
    "crime": lambda known: REPORT.crime(known.funded),
    "value": _value,
    "priorities": _priorities,
    "commissioning": _commissioning,
}


WITHOUT = {
    Became.LATE: "too late to be scored",
    Became.BARRED: "not eligible",
    Became.INCOMPLETE: "incomplete",
    Became.NEVER: "never decided",
    Became.WAITING: "not decided yet",
}
MARKING = "OFFICIAL"
"""A committee's paper is public unless the office marks it otherwise, whatever the round's papers are."""


def decision_report(session: Session, order: PaperOrder) -> DecisionReport:
    """Return the report on what stands decided in a round, or in one of its areas."""
    facts, number = round_facts(session, order.of_round, order.today), order.of_round
    round_, texts = DecidedRound(session, number), paper_texts(session, number, "decision-report")
    every, decided, line = round_.every, round_.final, facts.line
    rows = [row for row in applications(session, number) if order.is_of(row.area)]
    held, withheld = awards(session, number), withheld_here(session, number)
    given = {of: one.amount_pence or 0 for of, one in decided.items()}
    now = {**given, **{row.application: row.stands_pence if row.stands else 0 for row in held}}
    takes = given_amounts(session, number)
    uses = round_.pots_standing({of: takes[of] for of in now})
    here_in = gathered((row.area, row) for row in rows)
    over_year = year_overspends(session, number, decided)
    areas = tuple(
        _area(area, here_in.get(area.name, ()), decided, (now, takes), use, over_year)
        for area in line.areas
        if order.is_of(area.name)
        for use in uses
        if area.name in use.areas
    )
    here = [decided[row.reference] for row in rows if row.reference in decided]
    begun = [area.area for area in areas if area.is_decided]
    counted_here = counted_rows(rows, decided)
    told_of = tuple(row for row in counted_here if row.area in begun)
    allocations = tuple(who_gets_what(round_, here, rows, facts))
    paid = {one.reference: one.amount_pence for one in allocations}
    decided_of = [row.reference for row in told_of if row.reference in given]
    commits = sum(given[of] for of in decided_of)
    drawn = sum(takes[of] for of in decided_of)
    taken = Drawn(begun, now, commits, uses, takes=drawn)
    there = round_.there_at(here)
    known = Implied(session, facts, round_.rows.scheme, told_of, given, taken, held, order.today, there)
    found, implied = became_by(session, line, rows, decided, order.today), implications(known, texts)
    became, own = Counter(found.values()), {row.reference for row in rows}
    office, named = office_on(session, order.today), named_applications(session, number)
    awarded = {
        row.reference: f"{row.reference}, {row.as_agreed.organisation}"
        for row in held
        if row.withheld is None
    }
    changes = (
        REPORT.changed(awarded.get(one.award, one.award) or named[one.application], one.words)
        for one in since_decided(held, every, gone_in(session, number, held), full_day)
        if one.application in own
    )
    waiting = corrections_waiting(every, decided, round_.chain)
    corrected = (words for of, words in waiting if of in own)
    public = without_withheld(session, number)
    title = ", ".join(round_names(line.fund, line.name))
    return DecisionReport(
        **paper_head(session, order, line, marking=texts.get("marking", MARKING)),
        committee=texts.get("committee", "Police and Crime Panel"),
        meeting=texts.get("meeting"),
        subject=texts.get("title", f"{title}{f', {order.area}' if order.area else ''}: decisions"),
        author=texts.get("author", office.signatory(order.kind)),
        purpose=paragraphs(texts.get("purpose", f"To report what was decided in {line.words}.")),
        background=paragraphs(texts.get("background")),
        notes=(
            *panel_notes(session, number, {row.reference for row in told_of}),
            *without_quorum(session, number, [row.application for row in here]),
            *map(public, interests_disclosed(round_, here)),
        ),
        decided_lines=len(here),
        scored=sum(is_scored(round_, one.application) for one in here),
        deciders=tuple(sorted({who_decided(every)[one.application] for one in here})),
        withdrawn=became[Became.WITHDRAWN],
        without=(
            *(
                (FORMS[PanelOutcome(outcome)].was, many)
                for outcome, many in count_without_money(row.outcome for row in here)
            ),
            *((words, became[one]) for one, words in WITHOUT.items() if became[one]),
        ),
        recommendation=paragraphs(texts.get("recommendation", "To note the decisions set out here.")),
        implications=implied,
        reminders=reminders(known, implied),
        contact=contact(texts, office),
        notices=tuple(replace(one, by=public(one.by)) for one in notices_told(round_, here, held)),
        areas=areas,
        signed_before=tuple(map(public, signed_before(round_, here))),
        changed=tuple(
            map(
                public,
                (
                    *in_part_words(round_, allocations, REASON_IN_NOTICE),
                    *_unlike(round_, here, named),
                    *chair_words(round_, {**dict.fromkeys(own & decided.keys()), **paid}),
                ),
            )
        ),
        changes=tuple(map(public, (*changes, *corrected))),
        asked_was=as_corrected(session, number, counted_here).strip(" ()"),
        stands=stands_words(
            *(sum(getattr(a, name) for a in areas) for name in ("awarded_pence", "now_pence", "taken_pence"))
        ),
        allocations=allocations,
        kinds=printed_kinds(session, number, paid),
        unnamed=len(paid.keys() & withheld.keys()),
        pots=tuple(_shared_pot(use, decided) for use in taken.here if use.parts),
        shared=tuple(shared_pots(taken.here)),
        not_taken_up=tuple(row.application for row in held if not row.stands),
    )


def _unlike(round_: DecidedRound, here: Sequence[DecisionRow], named: Mapping[str, str]) -> Iterator[str]:
    for of, words in unlike_recommended(round_, here):
        commas = "," if named[of] != of else ""
        yield f"{named[of]}{commas} is {without_capital(words)}"
    yield from dict(out_of_order(round_, by_application(here), round_.final)).values()


def _area(
    area: AreaLine,
    rows: Sequence[ApplicationRow],
    decided: Mapping[str, DecisionRow],
    amounts: tuple[Mapping[str, int], Mapping[str, int]],
    use: PotUse,
    over_year: Iterable[Overspend],
) -> AreaDecided:
    """Return what was decided in an area; `amounts` is what each stands at, and what it takes of its pot.

    `over_year` are those who allowed more than the money of the year, in any area.
    """
    year = (one.words(short_pounds) for one in over_year if one.allowed.area == area.name)
    here = counted_rows(rows, decided)
    sums = [(decided[row.reference].amount_pence or 0) for row in here if row.reference in decided]
    stand, taken = (sum(of[row.reference] for row in here if row.reference in decided) for of in amounts)
    own = PotUse("", 0, 0, 0) if use.parts else use
    return AreaDecided(
        area=area.name,
        applications=len(here),
        awards=sum(amount > 0 for amount in sums),
        pot_pence=own.pot_pence,
        committed_pence=own.committed_pence,
        asked_pence=sum(row.requested_pence for row in here),
        awarded_pence=sum(sums),
        tolerance_pence=own.tolerance_pence,
        over=". ".join(filter(None, (authority_words(own, decided, short_pounds), *year))),
        is_decided=bool(sums) or not here,
        stands_pence=None if stand == sum(sums) else stand,
        takes_pence=None if taken == stand else taken,
        is_sharing=bool(use.parts),
    )


def _shared_pot(use: PotUse, decided: Collection[str]) -> AreaDecided:
    """Return a pot that several areas share, with all that counts against it."""
    return AreaDecided(
        area=use.area,
        applications=0,
        awards=0,
        pot_pence=use.pot_pence,
        committed_pence=use.committed_pence,
        asked_pence=0,
        awarded_pence=use.given_pence,
        tolerance_pence=use.tolerance_pence,
        over=authority_words(use, decided, short_pounds),
    )


def who_gets_what(
    round_: DecidedRound, here: Sequence[DecisionRow], rows: Sequence[ApplicationRow], facts: RoundFacts
) -> Iterator[Allocation]:
    """Yield what stands of the annexes of notices, oldest first, as the public is told of it.

    A notice that is withheld as a whole is left out.
    """
    session, grounds = round_.session, confidential_notices(round_.session, round_.round_id, round_.every)
    made = award_references(session, [line.number for line in here])
    withheld = withheld_here(session, round_.round_id)
    for _, number in sorted({(line.signed_on, line.notice) for line in here}):
        lines = [line for line in here if line.notice == number and number not in grounds]
        allocations = allocations_of(lines, rows, facts, round_.final, made)
        yield from (public_line(one, withheld) for one in allocations)


def interests_disclosed(round_: DecidedRound, lines: Sequence[DecisionRow]) -> Iterator[str]:
    """Yield what each who decided disclosed, with the notices that it stands in; nothing of who had none."""
    told = dict[tuple[str, str, str], dict[str, None]]()
    for line in lines:
        for row in signers(round_.every, line):
            if said := disclosed(round_.session, row):
                told.setdefault((row.signed_by, row.post, said), {}).setdefault(line.notice)
    for (name, post, said), notices in told.items():
        which = f"{noun(len(notices), 'notice')} {listed(sorted(notices))}"
        yield f"{name}, {post}, stated with {which}: {as_sentence(said)}"


def deciders(lines: Sequence[DecisionRow], every: Sequence[DecisionRow]) -> Iterator[TextPair]:
    """Yield each notice with who decided what is in it: name and post of each signer.

    Their days stand there as well, but where all signed on the notice's own.
    """
    order = turns(every)
    for number, mine in gathered((line.notice, line) for line in lines).items():
        rows = [row for line in mine for row in signers(every, line)]
        rows.sort(key=lambda row: (order[row.signed_by, row.post], row.signed_on))
        is_dated = len({row.signed_on for row in (*rows, *mine)}) > 1
        days = {row: f"on {full_day(row.signed_on)}" if is_dated else "" for row in rows}
        who = (", ".join(filter(None, (f"by {row.signed_by}", row.post, days[row]))) for row in rows)
        yield number, ", and ".join(dict.fromkeys(who))


def notices_told(
    round_: DecidedRound, lines: Sequence[DecisionRow], held: Sequence[AwardRow]
) -> Iterator[NoticeTold]:
    """Yield the notices by which lines are decided, the oldest first, with where to read who has what."""
    hidden = {row.application for row in held if row.withheld is not None}
    grounds = confidential_notices(round_.session, round_.round_id, round_.every)
    by = dict(deciders(lines, round_.every))
    of_notice = gathered((line.notice, line) for line in lines)
    for on, number in sorted({(line.signed_on, line.notice) for line in lines}):
        mine = of_notice[number]
        before = (round_.earlier.get(line.application, ())[-1:] for line in mine)
        told = NoticeTold(number, on, by[number])
        if not any(line.amount_pence for line in mine):
            back = sum(row.amount_pence or 0 for rows in before for row in rows)
            yield replace(told, where="back" if back else "nothing", pence=back)
        elif ground := grounds.get(number, ""):
            yield replace(told, where="withheld", ground=f"The ground: {as_sentence(ground)}")
        elif many := len(hidden.intersection(line.application for line in mine)):
            yield replace(told, where="part", withheld=many)
        else:
            yield told
