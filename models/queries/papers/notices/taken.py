"""What was decided under a number, or is to be signed, and the notice that says so."""

from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from models.papers.notice import Allocation, AlsoSigned, NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.without_money import Counts
from models.queries.applications.applications import applications
from models.queries.applications.choices import printed_kinds
from models.queries.awards.direct.on_notices import came_about, passed_on
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.settled import interests_to_state
from models.queries.papers.notices.areas import with_area
from models.queries.papers.notices.background_papers import usual_papers
from models.queries.papers.notices.before import Before
from models.queries.papers.notices.contacts import contact
from models.queries.papers.notices.fund_year import lapsing, over_years
from models.queries.papers.notices.money import Drawn, areas_over_pot, financial_position
from models.queries.papers.notices.public_notice import public_notice
from models.queries.papers.notices.set_aside import set_aside_words
from models.queries.papers.notices.words import ACCESS, in_part, legal, notice_texts, summary
from models.queries.papers.paper_texts import letterhead_of
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.session import Session
from scoring.counted import listed
from scoring.written.names import round_names
from scoring.written.text import paragraphs


class Taken(NamedTuple):
    """What was decided under a number, or is recommended and to be signed: then `on` is None.

    `areas` are those of all its lines, funded or not; `where` names them where the round has others.
    """

    number: str
    allocations: tuple[Allocation, ...]
    by_outcome: Counts
    taken_back: tuple[Allocation, ...]
    interests: str
    power: str
    posts: tuple[str, ...]
    areas: tuple[str, ...]
    drawn: Drawn
    signed: DecisionRow | None = None
    by: str = ""
    on: date | None = None
    also_signed: tuple[AlsoSigned, ...] = ()
    named_after: int = 0
    to_sign: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    before: Before = Before()
    panel: str = ""
    where: str = ""
    papers: str = ""


def paper_of(session: Session, order: PaperOrder, taken: Taken) -> NoticeOfDecision:
    """Return the notice that an order asks for of what was taken."""
    assert order.round_id is not None, "a notice is of a round"
    day = taken.on or order.today
    facts, office = round_facts(session, order.round_id, day), office_on(session, day)
    texts = notice_texts(session, order.round_id, taken.number, taken.areas)
    total = sum(line.amount_pence for line in taken.allocations)
    over = areas_over_pot(session, order.round_id, taken.drawn, is_decided=taken.on is not None)
    funded = {line.reference: line.amount_pence for line in taken.allocations}
    rows = [row for row in applications(session, order.round_id) if row.reference in funded]
    whole = NoticeOfDecision(
        number=taken.number,
        office=office.name,
        letterhead=replace(letterhead_of(office, order.kind), signatory=""),
        fund=facts.line.fund,
        round=facts.line.name,
        year=facts.line.year,
        is_confidential=False,
        subject=with_area(
            texts.get("title", ", ".join(round_names(facts.line.fund, facts.line.name))),
            order.where if texts.get("title") else taken.where,
        ),
        contact=contact(texts, office),
        summary=texts.get("summary", summary(facts, taken.allocations, taken.taken_back, taken.panel)),
        background=(
            *paragraphs(texts.get("background")),
            *came_about(session, order.round_id, taken.allocations),
            *taken.replaces,
            *taken.others,
        ),
        financial=(
            *paragraphs(texts.get("financial") or _financial(session, facts, taken)),
            *(words for _, _, words in over),
            *over_years(rows, funded),
            *lapsing(session, facts, {row.reference: row.end_on for row in rows}, day),
        ),
        legal=paragraphs(texts.get("legal", legal(taken.power, len(taken.allocations)))),
        papers=paragraphs(texts.get("papers", taken.papers or usual_papers(facts))),
        access=texts.get("access", office.get("public_access") or ACCESS),
        interests=taken.interests,
        standing_interests=interests_to_state(session, day),
        legal_power=taken.power,
        decided_by=taken.by,
        post=listed(taken.posts),
        decided_on=taken.on,
        others=sum(many for _, many in taken.by_outcome),
        by_outcome=taken.by_outcome,
        allocations=taken.allocations,
        total_pence=total,
        also_signed=taken.also_signed,
        named_after=taken.named_after,
        to_sign=taken.to_sign,
        passed_on=passed_on(session, order.round_id, taken.allocations),
        kinds=printed_kinds(session, order.round_id, funded),
        taken_back=taken.taken_back,
        signed_before=taken.before.signed,
        to_sign_first=taken.before.to_sign,
        over_pots=tuple((area, pence) for area, pence, _ in over),
    )
    return public_notice(session, order.round_id, in_part(whole, texts, is_apart=order.confidential_part))


def _financial(session: Session, facts: RoundFacts, taken: Taken) -> str:
    """Return what a notice tells of the money of the year, of its pots and of what is set aside."""
    lines = {line.reference: line.amount_pence for line in taken.allocations}
    gone = {line.reference for line in taken.taken_back}
    left = set_aside_words(session, facts.line, lines, taken.signed, gone=gone)
    return " ".join((financial_position(session, facts, taken.drawn), *left))
