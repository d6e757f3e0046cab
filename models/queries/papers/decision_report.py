"""A report on a round's decisions to a committee, from the record."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from models.papers.decision_report import AreaDecided, DecisionReport
from models.papers.notice import Allocation, count_without_money, on_ground
from models.papers.order import PaperOrder
from models.queries.applications.applications import applications, as_corrected
from models.queries.awards.amendments import Since, gone_in, named_applications, since_decided
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards, confidential_notices
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decided_anew import DecidedRound, decided_round, out_of_order, still_passed_over
from models.queries.deciding.decisions import (
    decisions,
    earlier_decisions,
    final_decisions,
    signers,
    turns,
    who_decided,
)
from models.queries.deciding.settled import Became, counted_rows
from models.queries.panel.meeting import marked_by, present_as_items_closed
from models.queries.papers.implications import Known, implications, reminders
from models.queries.papers.letter_parts.without_decision import became_by
from models.queries.papers.minuted import took_no_part
from models.queries.papers.notices.causes import (
    REASON_IN_NOTICE,
    chair_words,
    considered,
    in_part_words,
    is_scored,
    is_tied,
    none_left,
    unlike_recommended,
    without_quorum,
)
from models.queries.papers.notices.lines import contact
from models.queries.papers.notices.notice import notice
from models.queries.papers.notices.pots import shared_pots
from models.queries.papers.notices.public_notice import without_withheld
from models.queries.papers.notices.signatures import disclosed_with, signed_before
from models.queries.papers.paper_texts import letterhead_of, paper_texts
from models.queries.papers.transparency.public_award import withheld_here
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts, round_rows
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rounds import AreaLine
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import PotUse, over_words
from scoring.money import short_pounds
from scoring.schedule.lines import FORMS, PanelOutcome, stands_words, stay_words
from scoring.written.days import full_day
from scoring.written.names import round_names
from scoring.written.text import as_sentence, listed, paragraphs

WITHOUT = {
    Became.LATE: "too late to be scored",
    Became.BARRED: "not eligible",
    Became.INCOMPLETE: "incomplete",
    Became.NEVER: "never decided",
    Became.WAITING: "not decided yet",
}
"""What is told of applications that have no decision."""
MARKING = "OFFICIAL"
"""A committee's paper is public unless the office marks it otherwise, whatever the round's papers are."""


def decision_report(session: Session, order: PaperOrder) -> DecisionReport:
    """Return the report on what stands decided in a round, or in one of its areas."""
    facts = round_facts(session, order.of_round, order.today)
    round_ = decided_round(session, order.of_round)
    texts = paper_texts(session, order.of_round, "decision-report")
    every = decisions(session, order.of_round)
    decided, by = final_decisions(every), who_decided(every)
    rows = [r for r in applications(session, order.of_round) if order.area in (None, r.area)]
    held = awards(session, order.of_round)
    given = {of: line.amount_pence or 0 for of, line in decided.items()}
    gone = gone_in(session, order.of_round, held)
    now = {**given, **{row.application: row.stands_pence if row.stands else 0 for row in held}}
    uses = {use.area: use for use in pot_uses(session, order.of_round, now)}
    shown = [area for area in facts.line.areas if order.area in (None, area.name)]
    areas = tuple(
        _area(area, [row for row in rows if row.area == area.name], decided, now, uses[area.name])
        for area in shown
    )
    here = [decided[row.reference] for row in rows if row.reference in decided]
    scored = round_rows(session, order.of_round)
    begun = [area.area for area in areas if area.is_decided]
    told_of = [row for row in counted_rows(rows, decided) if row.area in begun]
    notices = tuple((number, on) for on, number in sorted({(row.signed_on, row.notice) for row in here}))
    allocations, kinds = who_gets_what(session, order, round_, [number for number, _ in notices])
    told_who = {line.reference: line.amount_pence for line in allocations}
    known = Known(session, facts, scored.scheme, told_of, given, begun, now, order.today)
    found = became_by(session, facts.line, rows, decided, order.today)
    became = Counter(found.values())
    corrected = as_corrected(session, order.of_round, counted_rows(rows, decided))
    rooms = present_as_items_closed(session, order.of_round)
    aside = took_no_part(scored.interests, {row.reference for row in told_of}, rooms, marked_by(scored))
    short = without_quorum(session, order.of_round, [row.application for row in here])
    own = {row.reference for row in rows}
    waived = considered(session, order.of_round, {row.reference for row in told_of})
    since = [one for one in since_decided(held, every, gone, full_day) if one.application in own]
    of_area = f", {order.area}" if order.area else ""
    office, named = office_on(session, order.today), named_applications(session, order.of_round)
    public = without_withheld(session, order.of_round)
    chairs = chair_words(round_, {**dict.fromkeys(own & decided.keys()), **told_who})
    in_part = in_part_words(session, round_, allocations, REASON_IN_NOTICE)
    disclosed = map(public, interests_disclosed(session, here, every))
    refused = count_without_money(row.outcome for row in here)
    waits = [r for r in told_of if found[r.reference] is Became.WAITING and not is_tied(round_, r.reference)]
    spent = none_left(facts, uses.values(), {row.reference: row.area or "" for row in waits})
    title = ", ".join(round_names(facts.line.fund, facts.line.name))
    return DecisionReport(
        office=office.name,
        letterhead=letterhead_of(office, order.kind),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        marking=texts.get("marking", MARKING),
        committee=texts.get("committee", "Police and Crime Panel"),
        meeting=texts.get("meeting"),
        subject=texts.get("title", f"{title}{of_area}: decisions"),
        author=texts.get("author", office.signatory(order.kind)),
        purpose=paragraphs(texts.get("purpose", f"To report what was decided in {facts.line.words}.")),
        background=paragraphs(texts.get("background")),
        notes=tuple(filter(None, (*spent, waived, aside, *short, *disclosed))),
        decided_lines=len(here),
        scored=sum(is_scored(round_, line.application) for line in here),
        deciders=tuple(sorted({by[line.application] for line in here})),
        withdrawn=became[Became.WITHDRAWN],
        without=(
            *((FORMS[PanelOutcome(outcome)].was, many) for outcome, many in refused),
            *((words, became[one]) for one, words in WITHOUT.items() if became[one]),
        ),
        recommendation=paragraphs(texts.get("recommendation", "To note the decisions set out here.")),
        implications=implications(known, texts),
        reminders=reminders(known, texts),
        contact=contact(texts, office),
        notices=notices,
        without_awards=tuple(_without_awards(here, earlier_decisions(every))),
        withheld=tuple(withheld_parts(session, order.of_round, here, held)),
        areas=areas,
        signed_before=tuple(map(public, signed_before(session, order.of_round, here, every))),
        changed=tuple(map(public, (*in_part, *_unlike(session, round_, here, named, every), *chairs))),
        changes=tuple(map(public, _changes(held, since, named, still_passed_over(session, round_, every)))),
        asked_was=corrected.strip(" ()"),
        stands=stands_words(sum(a.awarded_pence for a in areas), sum(a.now_pence for a in areas)),
        allocations=allocations,
        kinds=kinds,
        decided_by=tuple((of, public(words)) for of, words in deciders(here, every)),
        unnamed=len({line.reference for line in allocations} & withheld_here(session, order.of_round).keys()),
        shared=tuple(shared_pots(tuple(uses.values()), begun)),
        not_taken_up=tuple(row.application for row in held if not row.stands),
    )


def _without_awards(
    here: Sequence[DecisionRow], earlier: Mapping[str, Sequence[DecisionRow]]
) -> Iterator[tuple[str, int]]:
    """Yield each notice of what stands that awards nothing, with what it takes back in pence."""
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
    """Yield what became of each award since it was decided, and past whom in reserve it has its money."""
    awarded = {row.reference: f"{row.reference}, {row.organisation}" for row in held if row.withheld is None}
    for one in since:
        whose = awarded.get(one.award, one.award) or named[one.application]
        past = over.get(one.application)
        stays = f" {stay_words(past, 'it')}." if past else ""
        yield f"{whose}: {one.words[:1].lower()}{one.words[1:]}.{stays}"


def _unlike(
    session: Session,
    round_: DecidedRound,
    here: Sequence[DecisionRow],
    named: Mapping[str, str],
    every: Sequence[DecisionRow],
) -> Iterator[str]:
    """Yield what is decided otherwise than the panel recommended, by its applicant, or out of order."""
    for of, words in unlike_recommended(session, round_, here, every):
        commas = "," if named[of] != of else ""
        yield f"{named[of]}{commas} is {words[:1].lower()}{words[1:]}"
    told = {row.application for row in here}
    yield from (one.words for one in out_of_order(session, round_) if one.application in told)


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
    session: Session, order: PaperOrder, round_: DecidedRound, numbers: Iterable[str]
) -> tuple[tuple[Allocation, ...], str]:
    """Return what stands of the annexes of some notices, and what they are lines of as a heading.

    Names that the public is not told are left out there, and so is a notice that is withheld as a whole.
    """
    of = replace(order, confidential_part=False)
    found = [notice(session, replace(of, notice=number), round_) for number in numbers]
    public = [one for one in found if not one.is_confidential]
    lines = (line for one in public for line in one.allocations if not line.superseded_by)
    return tuple(lines), next((one.kinds for one in public if one.kinds), "")


def interests_disclosed(
    session: Session, lines: Sequence[DecisionRow], every: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield what each who decided disclosed, with the notices that it stands in; nothing of who had none."""
    told, disclosed = dict[tuple[str, str, str], dict[str, None]](), disclosed_with(session)
    for line in lines:
        for row in signers(every, line):
            if said := disclosed(row):
                told.setdefault((row.signed_by, row.post, said), {}).setdefault(line.notice)
    for (name, post, said), notices in told.items():
        yield f"{name}, {post}, stated with notice {listed(list(notices))}: {as_sentence(said)}"


def deciders(lines: Sequence[DecisionRow], every: Sequence[DecisionRow]) -> Iterator[tuple[str, str]]:
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
    session: Session,
    round_id: int,
    lines: Sequence[DecisionRow],
    held: Sequence[AwardRow],
) -> Iterator[tuple[str, int, str]]:
    """Yield each notice of which something is withheld: of how many the name, 0 for the whole on a ground."""
    withheld = {row.application for row in held if row.withheld is not None}
    grounds = confidential_notices(session, round_id, decisions(session, round_id))
    for number in dict.fromkeys(row.notice for row in lines):
        here = {row.application for row in lines if row.notice == number}
        if ground := grounds.get(number, ""):
            yield number, 0, on_ground(ground)
        elif withheld & here:
            yield number, len(withheld & here), ""
