"""A notice of decision from the record: its lines, and what is told where the office wrote nothing."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from models.papers.notice import Allocation, AlsoSigned, NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.texts import CONTACT, PaperTexts
from models.queries.applications.applications import applications
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decisions import DecisionRow, chain_of, decisions, final_decisions
from models.queries.deciding.progress import signers
from models.queries.deciding.recommendations import recommendations
from models.queries.deciding.standing_words import power_of, standing_interests
from models.queries.papers.letterhead import letterhead_of
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.schema.deciding.decision import sign_off_table
from models.session import Session
from models.values.office import Office
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import PotUse, over_words
from scoring.counted import counted, listed
from scoring.money import column_money, short_pounds
from scoring.refused import Refused

TO_STATE = (
    "I have no disclosable pecuniary interest in this decision, and take it in compliance with the code of "
    "conduct of this office. Any interest is stated below."
)
"""What the signer states where the office has no words of its own (source paper S4)."""
FUNDED = ("fund", "part_fund")
ACCESS = (
    "The information in this decision may be asked for under the Freedom of Information Act 2000 and other "
    "laws. The decision is published on the office's website."
)


class _Taken(NamedTuple):
    """What was decided under a number, or is recommended and to be signed: then `on` is None."""

    number: str
    allocations: tuple[Allocation, ...]
    others: int
    interests: str
    power: str
    posts: tuple[str, ...]
    by: str = ""
    on: date | None = None
    also_signed: tuple[AlsoSigned, ...] = ()


def notice(session: Session, order: PaperOrder) -> NoticeOfDecision:
    """Return the notice of the number ordered, or of the only one of the round or of the area ordered.

    Of an area it holds that area's lines alone, and says so in its subject. Before anything is decided it
    is drafted from what is recommended, to be signed.
    """
    assert order.round_id is not None, "a notice is of a round"
    facts = round_facts(session, order.round_id)
    rows = [r for r in applications(session, order.round_id) if order.area in (None, r.area)]
    chosen = {row.reference for row in rows}
    every = [row for row in decisions(session, order.round_id) if row.application in chosen]
    if notice_numbers(every):
        return _paper(session, order, _signed(session, order, facts, rows, every))
    return _paper(session, order, _recommended(session, order, facts, rows))


def _paper(session: Session, order: PaperOrder, taken: _Taken) -> NoticeOfDecision:
    assert order.round_id is not None, "a notice is of a round"
    day = taken.on or order.today
    facts, office = round_facts(session, order.round_id, day), office_on(session, day)
    texts = paper_texts(session, order.round_id, "notice", taken.number)
    total = sum(line.amount_pence for line in taken.allocations)
    areas = {line.area for line in taken.allocations}
    return NoticeOfDecision(
        number=taken.number,
        office=office.name,
        letterhead=letterhead_of(office, order.kind),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        is_confidential=bool(texts.get("confidential")),
        subject=_of_area(texts.get("title", f"{facts.line.fund}, {facts.line.name}"), order.area),
        contact=contact(texts, office),
        summary=texts.get("summary", _summary(facts, taken.allocations)),
        background=paragraphs(texts.get("background")),
        financial=(
            *paragraphs(texts.get("financial", _financial(facts, total, order.area))),
            *_over(session, order.round_id, areas),
        ),
        legal=paragraphs(texts.get("legal", _legal(taken.power))),
        papers=paragraphs(texts.get("papers", "None")),
        access=texts.get("access", office.get("public_access") or ACCESS),
        interests=taken.interests,
        legal_power=taken.power,
        decided_by=taken.by,
        post=listed(taken.posts),
        decided_on=taken.on,
        others=taken.others,
        allocations=taken.allocations,
        total_pence=total,
        also_signed=taken.also_signed,
        to_sign=() if taken.on else taken.posts,
    )


def _signed(
    session: Session,
    order: PaperOrder,
    facts: RoundFacts,
    rows: Sequence[ApplicationRow],
    every: Sequence[DecisionRow],
) -> _Taken:
    """Return what was decided under the number ordered."""
    number = _number(order.notice, every, _of_area(facts.line.words, order.area))
    lines = [row for row in every if row.notice == number and row.verdict != "send_back"]
    allocations = _allocations(rows, lines, every, facts)
    power = _legal_power(session, number) or power_of(session, facts.defaults)
    return _Taken(
        number=number,
        allocations=allocations,
        others=len(lines) - len(allocations),
        interests=signed_interests(session, number),
        power=power,
        posts=(lines[0].post,),
        by=lines[0].signed_by,
        on=lines[0].signed_on,
        also_signed=_also_signed(every, lines),
    )


def _recommended(
    session: Session, order: PaperOrder, facts: RoundFacts, rows: Sequence[ApplicationRow]
) -> _Taken:
    """Return what is recommended, as a notice that whoever decides signs; Refused where nothing is."""
    assert order.round_id is not None, "a notice is of a round"
    advised = {row.application: row for row in recommendations(session, order.round_id)}
    here = [advised[row.reference] for row in rows if row.reference in advised]
    if order.notice or not any(row.amount_pence for row in here):
        raise Refused(
            f"Nothing is decided in {_of_area(facts.line.words, order.area)} yet, and no money is "
            "recommended there, so there is no notice to write."
        )
    priorities = dict(facts.priorities)
    allocations = tuple(
        Allocation(
            reference=row.reference,
            recipient=row.organisation,
            service=row.project or row.organisation,
            crime_type=priorities.get(row.reference, ""),
            area=row.area or "",
            amount_pence=amount,
        )
        for row in _in_order(rows, facts)
        if row.reference in advised and (amount := advised[row.reference].amount_pence)
    )
    most = max(line.amount_pence for line in allocations)
    steps = [one for one in chain_of(session, order.round_id) if (one.from_pence or 0) <= most]
    return _Taken(
        number="",
        allocations=allocations,
        others=len(here) - len(allocations),
        interests=standing_interests(session) or TO_STATE,
        power=power_of(session, facts.defaults),
        posts=steps[-1].posts if steps else (),
    )


def _in_order(rows: Iterable[ApplicationRow], facts: RoundFacts) -> list[ApplicationRow]:
    """Return applications by area in the order of the round, then as they were applied for."""
    order = {area.name: number for number, area in enumerate(facts.line.areas)}
    return sorted(rows, key=lambda row: order.get(row.area or "", len(order)))


def _also_signed(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> tuple[AlsoSigned, ...]:
    """Return who signed jointly with whoever decided the lines of a notice, each once."""
    found = (row for line in lines for row in signers(every, line) if row.number != line.number)
    who = (AlsoSigned(row.post, row.signed_by, row.signed_on, row.interests) for row in found)
    return tuple(dict.fromkeys(who))


def notice_numbers(rows: Sequence[DecisionRow]) -> tuple[str, ...]:
    """Return the numbers of a round's notices, in the order in which they were given."""
    return tuple(dict.fromkeys(row.notice for row in rows if row.notice))


def next_notice(session: Session, year: int) -> str:
    """Return the next number of a calendar year's sequence, which runs over all funds: "032/2026"."""
    used = session.scalars(select(sign_off_table.c.notice).where(sign_off_table.c.notice.like(f"%/{year}")))
    highest = max((int(number.partition("/")[0]) for number in used if number), default=0)
    return f"{highest + 1:03d}/{year}"


def contact(texts: PaperTexts, office: Office) -> tuple[tuple[str, str], ...]:
    """Return who answers questions, as far as they are named: the paper's own contact, else the office's."""
    own = tuple((field.heading, texts.get(field.code)) for field in CONTACT)
    found = own if any(text for _, text in own) else office_contact(office)
    return tuple((heading, text) for heading, text in found if text)


def office_contact(office: Office) -> tuple[tuple[str, str], ...]:
    """Return whom an office names for questions, under the headings of a paper's own contact."""
    named = ", ".join(filter(None, (office.get("contact_name"), office.get("contact_post"))))
    if not named:
        return ()
    texts = (named, office.get("telephone"), office.get("email"))
    return tuple((field.heading, text) for field, text in zip(CONTACT, texts, strict=True))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def signed_interests(session: Session, number: str) -> str:
    """Return the interests that the signer of a notice stated."""
    return session.scalars(select(sign_off_table.c.interests).where(sign_off_table.c.notice == number)).one()


def _legal_power(session: Session, number: str) -> str:
    return session.scalars(
        select(sign_off_table.c.legal_power).where(sign_off_table.c.notice == number)
    ).one()


def _number(wanted: str, every: Sequence[DecisionRow], where: str) -> str:
    numbers = notice_numbers(every)
    if wanted and wanted not in numbers:
        raise Refused(f"Notice {wanted} is not of {where}. It has {', '.join(numbers)}.")
    if not wanted and len(numbers) > 1:
        raise Refused(f"The round has several notices: {', '.join(numbers)}. Say which with --notice.")
    return wanted or numbers[0]


def _of_area(subject: str, area: str | None) -> str:
    return f"{subject}: {area}" if area else subject


def _allocations(
    applied: Sequence[ApplicationRow],
    lines: Sequence[DecisionRow],
    every: Sequence[DecisionRow],
    facts: RoundFacts,
) -> tuple[Allocation, ...]:
    """Return the lines that award money, by area in the order of the round, then as they were applied for."""
    final, priorities = final_decisions(every), dict(facts.priorities)
    funded = {row.application: row for row in lines if row.outcome in FUNDED}
    rows = _in_order((row for row in applied if row.reference in funded), facts)
    return tuple(
        _allocation(row, funded[row.reference], final, priorities.get(row.reference, "")) for row in rows
    )


def _allocation(
    row: ApplicationRow, decided: DecisionRow, final: dict[str, DecisionRow], crime_type: str
) -> Allocation:
    now = final.get(row.reference)
    later = "" if decided.ended_by is None or now is None else now.notice
    assert decided.amount_pence is not None, "a line that is funded has an amount"
    return Allocation(
        reference=row.reference,
        recipient=row.organisation,
        service=row.project or row.organisation,
        crime_type=crime_type,
        area=row.area or "",
        amount_pence=decided.amount_pence,
        superseded_by=later,
    )


def _summary(facts: RoundFacts, allocations: Sequence[Allocation]) -> str:
    total = short_pounds(sum(line.amount_pence for line in allocations))
    panel = "A panel scored the applications to it on published criteria, and recommended what follows."
    if facts.line.is_direct:
        panel = "Nobody else was asked to apply."
    many = counted(len(allocations), "award")
    return f"{facts.line.fund}, {facts.line.name}. {panel} {many}, {total} in all, are set out in Annex 1."


def _financial(facts: RoundFacts, total: int, area: str | None) -> str:
    """Return the budget of the round or area with start-up money, and what this notice commits of it."""
    if facts.line.is_direct:
        of = f"{facts.line.fund} for {facts.line.year}"
        words = f"What is awarded without a competition draws on the money of {of}."
        return f"{words} This notice commits {short_pounds(total)}."
    areas = [line for line in facts.line.areas if area in (None, line.name)]
    budget = sum(line.pot_pence + line.start_up_pence for line in areas)
    year = f" in {facts.line.year}" if facts.line.year else ""
    return (
        f"The budget of {area or 'the round'}{year} is {short_pounds(budget)}, start-up money included. "
        f"This notice commits {short_pounds(total)}."
    )


def _over(session: Session, round_id: int, areas: Collection[str]) -> tuple[str, ...]:
    """Return for each area of a notice that is over its pot by how much, and who allows it."""
    decided = final_decisions(decisions(session, round_id)).values()
    uses = pot_uses(session, round_id, {row.application: row.amount_pence or 0 for row in decided})
    return tuple(_over_one(use) for use in uses if use.over_pence and use.area in areas)


def _over_one(use: PotUse) -> str:
    show = column_money((use.used_pence, use.pot_pence, use.over_pence))
    decided = f"{show(use.used_pence)} is decided, of a pot of {show(use.pot_pence)}"
    return f"{use.area}: {decided}. {over_words(use, show)}."


def _legal(power: str) -> str:
    return f"The awards are made under {power}." if power else ""
