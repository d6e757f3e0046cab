"""A report on a round's decisions to a committee, and what it says of risks and implications."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.decision_report import AreaDecided, DecisionReport
from models.papers.notice import Allocation, count_without_money, on_ground
from models.papers.order import PaperOrder, TextPair, TextPairs
from models.papers.paper_words import Sentences
from models.papers.texts import IMPLICATIONS, PaperTexts
from models.queries.applications.applications import applications, as_corrected
from models.queries.applications.choices import printed_kinds
from models.queries.awards.amendments import Since, gone_in, named_applications, since_decided
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, confidential_notices
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decided_anew import DecidedRound, out_of_order, still_passed_over
from models.queries.deciding.decisions import (
    signers,
    turns,
    who_decided,
)
from models.queries.deciding.settled import Became, counted_rows
from models.queries.papers.letter_parts.without_decision import became_by
from models.queries.papers.notices.causes import (
    REASON_IN_NOTICE,
    chair_words,
    in_part_words,
    is_scored,
    is_tied,
    none_left,
    panel_notes,
    unlike_recommended,
    without_quorum,
)
from models.queries.papers.notices.lines import allocations_of, contact
from models.queries.papers.notices.pots import (
    Drawn,
    financial_position,
    lapsing,
    over_years,
    shared_pots,
    year_money,
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
from scoring.allocating.over_pot import over_words
from scoring.money import column_money, decimal_text, short_pounds
from scoring.ranking import PotUse
from scoring.schedule.lines import FORMS, PanelOutcome, stands_words, stay_words
from scoring.scheme import Scheme, Side
from scoring.written.days import full_day
from scoring.written.names import round_names
from scoring.written.text import as_sentence, counted, listed, paragraphs, with_capital

REPORT = Sentences("report")
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


class Implied(NamedTuple):
    """What the implications of a round's decisions are told from.

    `awarded` is what was decided in pence by application, `taken` what that draws on the pots today, and
    `held` are the awards.
    """

    session: Session
    facts: RoundFacts
    scheme: Scheme
    rows: Sequence[ApplicationRow]
    awarded: Mapping[str, int]
    taken: Drawn
    held: Sequence[AwardRow]
    today: date

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
    today = None if known.total_now == known.total else known.total_now
    taken = replace(known.taken, what="The decisions commit", today=today)
    held = by_application(known.held)
    rows = [_as_varied(row, held) for row in known.funded]
    money = year_money(known.session, known.facts.line)
    late = lapsing(money, [row.end_on for row in rows], known.today)
    named = {
        of: f"{award.reference}, {award.as_agreed.organisation},"
        if award.withheld is None
        else award.reference
        for of, award in held.items()
    }
    in_order = sorted(rows, key=lambda row: named.get(row.reference, row.reference))
    long = over_years(in_order, known.stands, named)
    return "\n".join([financial_position(known.session, known.facts, taken), *long, *late])


def _as_varied(row: ApplicationRow, held: Mapping[str, AwardRow]) -> ApplicationRow:
    if row.reference not in held:
        return row
    start_on, end_on = held[row.reference].as_agreed.days
    return replace(row, start_on=start_on, end_on=end_on)


def _value(known: Implied) -> str:
    """Return what part of the score was for cost, what was asked and given, and what it brings with it.

    What it brings is of the awards that stand, so their money stands beside it.
    """
    cost = [one for one in known.scheme.criteria if one.side is Side.COST]
    named = [f"{one.title} ({one.code})" for one in cost]
    share = decimal_text(Decimal(sum(one.weight_1e4 for one in cost)) / 10_000)
    asked = sum(row.requested_pence for row in known.rows)
    match = sum(row.match_funding_pence or 0 for row in known.funded)
    show = column_money((asked, known.total, known.total_now, match))
    was = as_corrected(known.session, known.facts.line.round_id, known.rows)
    now = "" if known.total_now == known.total else show(known.total_now)
    is_awarded, brings = bool(known.total), show(match) if match else ""
    return REPORT.value(named, share, is_awarded, show(asked), was, show(known.total), now, brings)


def _priorities(known: Implied) -> str:
    """Return the awards that stand and their money by crime type or priority, "" where none says one."""
    priorities = dict(known.facts.priorities)
    told = ((priorities.get(row.reference, ""), known.stands[row.reference]) for row in known.funded)
    found = gathered((with_capital(said), pence) for said, pence in told)
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


def _crime(known: Implied) -> str:
    told = "which the published list of awards gives unless its notice is withheld"
    words = f"Each award that stands has a recorded reason why it reduces crime or helps victims, {told}."
    return words if known.funded else ""


def _equality(known: Implied) -> str:
    if not any(_on_equality(row) for row in known.rows):
        return ""
    answered = sum(any(text.strip() for text in _on_equality(row)) for row in known.funded)
    of = counted(len(known.funded), "application")
    return f"The form asked about equality; {answered} of {of} whose awards stand answered."


def _on_equality(row: ApplicationRow) -> list[str]:
    return [text for heading, text in row.answers if _EQUALITY.search(heading)]


def _children(known: Implied) -> str:
    said, funded = dict(known.facts.priorities), known.funded
    children = [row for row in funded if _CHILD.search(said.get(row.reference, ""))]
    lacking = {row.reference for row in funded if not row.safeguarding_policy}
    asked = {
        row.application for row in known.held if any(_POLICY in one.casefold() for one in row.conditions)
    }
    kinds = sorted({f"“{said[row.reference]}”" for row in children})
    amounts = [known.stands[row.reference] for row in children]
    money = column_money(amounts)(sum(amounts))
    lacking = lacking if lacking <= asked else set()
    return REPORT.policies(funded, lacking, children, kinds, money)


def _commissioning(known: Implied) -> str:
    given = "The money is given as grants on application."
    lists = round_rules(known.session, known.facts.line.round_id).lists
    is_of_services = any(one.kind is ListKind.SERVICE and one.items for one in lists)
    return f"{given} {SERVICES if is_of_services else NO_SERVICE}"


_DRAFTS: dict[str, Callable[[Implied], str]] = {
    "finance": _finance,
    "equality": _equality,
    "crime": _crime,
    "children": _children,
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
    facts = round_facts(session, order.of_round, order.today)
    round_ = DecidedRound(session, order.of_round)
    texts = paper_texts(session, order.of_round, "decision-report")
    every, decided, by = round_.every, round_.final, who_decided(round_.every)
    rows = [r for r in applications(session, order.of_round) if order.is_of(r.area)]
    held = awards(session, order.of_round)
    given = {of: line.amount_pence or 0 for of, line in decided.items()}
    gone = gone_in(session, order.of_round, held)
    now = {**given, **{row.application: row.stands_pence if row.stands else 0 for row in held}}
    uses = {use.area: use for use in pot_uses(session, order.of_round, now)}
    shown = [area for area in facts.line.areas if order.is_of(area.name)]
    areas = tuple(
        _area(area, [row for row in rows if row.area == area.name], decided, now, uses[area.name])
        for area in shown
    )
    here = [decided[row.reference] for row in rows if row.reference in decided]
    begun = [area.area for area in areas if area.is_decided]
    told_of = [row for row in counted_rows(rows, decided) if row.area in begun]
    notices = tuple((number, on) for on, number in sorted({(row.signed_on, row.notice) for row in here}))
    allocations = tuple(who_gets_what(round_, here, rows, facts))
    told_who = {line.reference: line.amount_pence for line in allocations}
    taken = Drawn(begun, now, sum(given.get(row.reference, 0) for row in told_of), tuple(uses.values()))
    known = Implied(session, facts, round_.rows.scheme, told_of, given, taken, held, order.today)
    found, implied = became_by(session, facts.line, rows, decided, order.today), implications(known, texts)
    became = Counter(found.values())
    corrected = as_corrected(session, order.of_round, counted_rows(rows, decided))
    short = without_quorum(session, order.of_round, [row.application for row in here])
    own = {row.reference for row in rows}
    of_panel = panel_notes(session, order.of_round, {row.reference for row in told_of})
    since = [one for one in since_decided(held, every, gone, full_day) if one.application in own]
    of_area = f", {order.area}" if order.area else ""
    office, named = office_on(session, order.today), named_applications(session, order.of_round)
    public = without_withheld(session, order.of_round)
    chairs = chair_words(round_, {**dict.fromkeys(own & decided.keys()), **told_who})
    in_part = in_part_words(round_, allocations, REASON_IN_NOTICE)
    stated = map(public, interests_disclosed(round_, here))
    refused = count_without_money(row.outcome for row in here)
    waits = [r for r in told_of if found[r.reference] is Became.WAITING and not is_tied(round_, r.reference)]
    spent = none_left(facts, uses.values(), {row.reference: row.area or "" for row in waits})
    title = ", ".join(round_names(facts.line.fund, facts.line.name))
    return DecisionReport(
        **paper_head(session, order, facts.line, marking=texts.get("marking", MARKING)),
        committee=texts.get("committee", "Police and Crime Panel"),
        meeting=texts.get("meeting"),
        subject=texts.get("title", f"{title}{of_area}: decisions"),
        author=texts.get("author", office.signatory(order.kind)),
        purpose=paragraphs(texts.get("purpose", f"To report what was decided in {facts.line.words}.")),
        background=paragraphs(texts.get("background")),
        notes=(*spent, *of_panel, *short, *stated),
        decided_lines=len(here),
        scored=sum(is_scored(round_, line.application) for line in here),
        deciders=tuple(sorted({by[line.application] for line in here})),
        withdrawn=became[Became.WITHDRAWN],
        without=(
            *((FORMS[PanelOutcome(outcome)].was, many) for outcome, many in refused),
            *((words, became[one]) for one, words in WITHOUT.items() if became[one]),
        ),
        recommendation=paragraphs(texts.get("recommendation", "To note the decisions set out here.")),
        implications=implied,
        reminders=reminders(known, implied),
        contact=contact(texts, office),
        notices=notices,
        without_awards=tuple(_without_awards(here, round_.earlier)),
        withheld=tuple(withheld_parts(round_, here, held)),
        areas=areas,
        signed_before=tuple(map(public, signed_before(round_, here))),
        changed=tuple(map(public, (*in_part, *_unlike(round_, here, named), *chairs))),
        changes=tuple(map(public, _changes(held, since, named, still_passed_over(round_)))),
        asked_was=corrected.strip(" ()"),
        stands=stands_words(sum(a.awarded_pence for a in areas), sum(a.now_pence for a in areas)),
        allocations=allocations,
        kinds=printed_kinds(session, order.of_round, told_who),
        decided_by=tuple((of, public(words)) for of, words in deciders(here, every)),
        unnamed=len({line.reference for line in allocations} & withheld_here(session, order.of_round).keys()),
        shared=tuple(shared_pots(taken)),
        not_taken_up=tuple(row.application for row in held if not row.stands),
    )


def _without_awards(
    here: Sequence[DecisionRow], earlier: Mapping[str, Sequence[DecisionRow]]
) -> Iterator[tuple[str, int]]:
    for told in dict.fromkeys(row.notice for row in here):
        lines = [row for row in here if row.notice == told]
        before = [row for line in lines for row in earlier.get(line.application, ())[-1:]]
        if not any(line.amount_pence for line in lines):
            yield told, sum(row.amount_pence or 0 for row in before)


def _changes(
    held: Sequence[AwardRow],
    since: Iterable[Since],
    named: Mapping[str, str],
    over: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    awarded = {
        row.reference: f"{row.reference}, {row.as_agreed.organisation}"
        for row in held
        if row.withheld is None
    }
    for one in since:
        whose = awarded.get(one.award, one.award) or named[one.application]
        past = over.get(one.application)
        stays = f" {stay_words(past, 'it')}." if past else ""
        yield f"{whose}: {one.words[:1].lower()}{one.words[1:]}.{stays}"


def _unlike(round_: DecidedRound, here: Sequence[DecisionRow], named: Mapping[str, str]) -> Iterator[str]:
    for of, words in unlike_recommended(round_, here):
        commas = "," if named[of] != of else ""
        yield f"{named[of]}{commas} is {words[:1].lower()}{words[1:]}"
    told = {row.application for row in here}
    yield from (one.words for one in out_of_order(round_) if one.application in told)


def _area(
    area: AreaLine,
    rows: Sequence[ApplicationRow],
    decided: Mapping[str, DecisionRow],
    now: Mapping[str, int],
    use: PotUse,
) -> AreaDecided:
    here = counted_rows(rows, decided)
    sums = [(decided[row.reference].amount_pence or 0) for row in here if row.reference in decided]
    stand = sum(now[row.reference] for row in here if row.reference in decided)
    return AreaDecided(
        area=area.name,
        applications=len(here),
        awards=sum(amount > 0 for amount in sums),
        pot_pence=use.pot_pence,
        committed_pence=area.committed_pence,
        asked_pence=sum(row.requested_pence for row in here),
        awarded_pence=sum(sums),
        tolerance_pence=use.tolerance_pence,
        over=over_words(use, short_pounds),
        is_decided=bool(sums) or not here,
        stands_pence=None if stand == sum(sums) else stand,
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
        yield f"{name}, {post}, stated with notice {listed(list(notices))}: {as_sentence(said)}"


def deciders(lines: Sequence[DecisionRow], every: Sequence[DecisionRow]) -> Iterator[TextPair]:
    """Yield each notice with who decided what is in it: name and post of each signer.

    Their days stand there as well, but where all signed on the notice's own.
    """
    order = turns(every)
    for number in dict.fromkeys(line.notice for line in lines):
        mine = [line for line in lines if line.notice == number]
        rows = [row for line in mine for row in signers(every, line)]
        rows.sort(key=lambda row: (order[row.signed_by, row.post], row.signed_on))
        is_dated = len({row.signed_on for row in (*rows, *mine)}) > 1
        days = {row: f"on {full_day(row.signed_on)}" if is_dated else "" for row in rows}
        who = (", ".join(filter(None, (f"by {row.signed_by}", row.post, days[row]))) for row in rows)
        yield number, ", and ".join(dict.fromkeys(who))


def withheld_parts(
    round_: DecidedRound, lines: Sequence[DecisionRow], held: Sequence[AwardRow]
) -> Iterator[tuple[str, int, str]]:
    """Yield each notice of which something is withheld: of how many the name, 0 for the whole on a ground."""
    withheld = {row.application for row in held if row.withheld is not None}
    grounds = confidential_notices(round_.session, round_.round_id, round_.every)
    for number in dict.fromkeys(row.notice for row in lines):
        here = {row.application for row in lines if row.notice == number}
        if ground := grounds.get(number, ""):
            yield number, 0, on_ground(ground)
        elif withheld & here:
            yield number, len(withheld & here), ""
