"""A notice of decision from the record: its lines, and what is told where the office wrote nothing."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from models.papers.notice import Allocation, AlsoSigned, NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.texts import CONTACT, PaperTexts
from models.queries.applications.applications import applications
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.decisions import DecisionRow, decisions, final_decisions
from models.queries.deciding.progress import signers
from models.queries.papers.letterhead import letterhead_of
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.schema.deciding.decision import sign_off_table
from models.session import Session
from models.values.office import Office
from models.values.rows import ApplicationRow
from scoring.allocating.over_pot import over_words
from scoring.counted import counted
from scoring.money import pounds
from scoring.refused import Refused

FUNDED = ("fund", "part_fund")
ACCESS = (
    "The information in this decision may be asked for under the Freedom of Information Act 2000 and other "
    "laws. The decision is published on the office's website."
)


def notice(session: Session, order: PaperOrder) -> NoticeOfDecision:
    """Return the notice of the number ordered, or of the only one of the round or of the area ordered.

    Of an area it holds that area's lines alone, and says so in its subject.
    """
    assert order.round_id is not None, "a notice is of a round"
    facts = round_facts(session, order.round_id)
    rows = [r for r in applications(session, order.round_id) if order.area in (None, r.area)]
    chosen = {row.reference for row in rows}
    every = [row for row in decisions(session, order.round_id) if row.application in chosen]
    number = _number(order.notice, every, _of_area(facts.line.words, order.area))
    lines = [row for row in every if row.notice == number and row.verdict != "send_back"]
    texts = paper_texts(session, order.round_id, "notice", number)
    allocations = _allocations(rows, lines, every, facts)
    facts = round_facts(session, order.round_id, lines[0].signed_on)
    signed, total = lines[0], sum(line.amount_pence for line in allocations)
    power = _legal_power(session, number)
    office = office_on(session, signed.signed_on)
    return NoticeOfDecision(
        number=number,
        office=office.name,
        letterhead=letterhead_of(office, order.kind),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        is_confidential=bool(texts.get("confidential")),
        subject=_of_area(texts.get("title", f"{facts.line.fund}, {facts.line.name}"), order.area),
        contact=contact(texts, office),
        summary=texts.get("summary", _summary(facts, lines, allocations)),
        background=paragraphs(texts.get("background")),
        financial=(
            *paragraphs(texts.get("financial", _financial(facts, total, order.area))),
            *_over(session, order.round_id, {line.area for line in allocations}),
        ),
        legal=paragraphs(texts.get("legal", _legal(power))),
        papers=paragraphs(texts.get("papers", "None")),
        access=texts.get("access", office.get("public_access") or ACCESS),
        interests=signed_interests(session, number),
        legal_power=power,
        decided_by=signed.signed_by,
        post=signed.post,
        decided_on=signed.signed_on,
        others=len(lines) - len(allocations),
        allocations=allocations,
        total_pence=total,
        also_signed=_also_signed(every, lines),
    )


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
    if not numbers:
        raise Refused(f"Nothing is decided in {where} yet, so there is no notice to write.")
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
    order = {area.name: number for number, area in enumerate(facts.line.areas)}
    rows = [row for row in applied if row.reference in funded]
    rows.sort(key=lambda row: order.get(row.area or "", len(order)))
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


def _summary(facts: RoundFacts, lines: Sequence[DecisionRow], allocations: Sequence[Allocation]) -> str:
    total = pounds(sum(line.amount_pence for line in allocations))
    panel = "A panel scored the applications to it on published criteria, and recommended what follows."
    many = counted(len(allocations), "award")
    return f"{facts.line.fund}, {facts.line.name}. {panel} {many}, {total} in all, are set out in Annex 1."


def _financial(facts: RoundFacts, total: int, area: str | None) -> str:
    """Return the budget of the round or area with start-up money, and what this notice commits of it."""
    areas = [line for line in facts.line.areas if area in (None, line.name)]
    budget = sum(line.pot_pence + line.start_up_pence for line in areas)
    year = f" in {facts.line.year}" if facts.line.year else ""
    return (
        f"The budget of {area or 'the round'}{year} is {pounds(budget)}, start-up money included. "
        f"This notice commits {pounds(total)}."
    )


def _over(session: Session, round_id: int, areas: Collection[str]) -> tuple[str, ...]:
    """Return for each area of a notice that is over its pot by how much, and who allows it."""
    decided = final_decisions(decisions(session, round_id)).values()
    uses = pot_uses(session, round_id, {row.application: row.amount_pence or 0 for row in decided})
    return tuple(
        f"{use.area}: {pounds(use.used_pence)} is decided, of a pot of {pounds(use.pot_pence)}. "
        f"{over_words(use)}."
        for use in uses
        if use.over_pence and use.area in areas
    )


def _legal(power: str) -> str:
    return (
        f"The awards are made under {power}." if power else "The legal power is stated on the signed paper."
    )
