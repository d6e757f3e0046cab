"""What a notice is of: its areas and lines, the papers behind it, and its words where nobody wrote any."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

from msgspec.structs import replace

from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.office import Office
from models.papers.order import PaperOrder
from models.papers.texts import PaperTexts
from models.queries.deciding.challenges import held_challenges
from models.queries.deciding.decisions import decisions, earlier_decisions, final_decisions
from models.queries.deciding.signatories import Seat, signing
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts
from models.reference.reporting import year_ends_on
from models.session import Session
from models.values.awards import KIND_WORDS
from models.values.recommending import DecisionRow, RecommendationRow
from models.values.rows import ApplicationRow
from scoring.money import short_pounds
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, PanelOutcome
from scoring.written.days import full_day
from scoring.written.text import (
    Refused,
    as_sentence,
    listed,
    noun,
    paragraphs,
    power_in_a_sentence,
    with_article,
    with_capital,
)

ACCESS = (
    "The information in this decision may be asked for under the Freedom of Information Act 2000 and other "
    "laws. The decision is published on the office's website."
)
WITHHELD_ACCESS = (
    "Requests under the Freedom of Information Act 2000 are considered one by one; what an exemption of that "
    "Act covers is withheld."
)
PANEL_PAPERS, NO_PAPERS = "Moderation record and minutes of the panel\nAward schedule", "None"
NO_PART = (
    "{} has no confidential part. Write one under “Confidential facts and advice” in the words of the notice."
)
NO_GROUND = (
    "The notice has a confidential part, and nothing says why. Write the ground under “Confidential because” "
    "in the words of the notice."
)
FUNDED = ("fund", "part_fund")


def notice_texts(session: Session, round_id: int, number: str, areas: Sequence[str]) -> PaperTexts:
    """Return what the office wrote into a notice: under its number, else into the draft that was signed.

    The draft of one area is looked for before the draft of the whole round. A notice of what was decided
    before has words of its own: the drafts are of the decisions whose place it takes.
    """
    drafts = [areas[0], ""] if len(areas) == 1 else [""]
    every = decisions(session, round_id)
    is_again = bool(number) and is_anew(every, [row for row in every if row.notice == number])
    own = [number] if is_again else [number, *drafts]
    found = (paper_texts(session, round_id, "notice", of) for of in own)
    return next((texts for texts in found if texts.texts), PaperTexts())


def is_anew(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> bool:
    return bool(lines) and len(tuple(_replaced(every, lines))) == len(lines)


def in_part(whole: NoticeOfDecision, texts: PaperTexts, *, is_apart: bool) -> NoticeOfDecision:
    """Return the part of a notice that is asked for, the public one or the one printed apart.

    Raises Refused where the part asked for is not there, or where nothing says why it is confidential.
    """
    ground, apart = texts.get("confidential"), paragraphs(texts.get("confidential_part"))
    if apart and not ground:
        raise Refused(NO_GROUND)
    if is_apart and not apart:
        raise Refused(NO_PART.format(whole.title))
    if not ground:
        return whole
    if apart and not is_apart:
        return replace(whole, ground=ground, has_confidential_part=True)
    return replace(
        whole,
        is_confidential=True,
        ground=ground,
        access=WITHHELD_ACCESS,
        letterhead=replace(whole.letterhead, words=()),
        confidential=apart,
    )


def who_signs(session: Session, order: PaperOrder, step: int, post: str, areas: Sequence[str]) -> str:
    """Return who is to sign in a post, by name where one person alone does."""
    chain = signing(session, order.of_round)
    of = areas if chain.chain[step].per_area else (None,)
    seats = [Seat(step, post, area) for area in of]
    named = office_on(session, order.today).signatory(order.kind)
    if named and not any(map(chain.held, seats)):
        return named
    called = {chain.called(seat) for seat in seats}
    return called.pop() if len(called) == 1 else post


def require_one_signer(session: Session, order: PaperOrder, step: int, areas: Sequence[str]) -> None:
    """Refuse one notice to sign for areas that are decided by a person of their own each."""
    known = signing(session, order.of_round)
    if known.is_of_each(step, areas):
        raise Refused(
            f"Each area has a {known.chain[step].post} of its own, who decides there alone, with a notice "
            "of its own. Write one for each area: choose the area, or name it with --area."
        )


def summary(
    facts: RoundFacts,
    allocations: Sequence[Allocation],
    taken_back: Sequence[Allocation],
    panel: str,
) -> str:
    """Return of which fund a notice is and what it decides, for how many awards and how much money.

    `panel` is what was asked and scored, or which decisions the notice takes the place of; it stands last.
    """
    line = facts.line
    of = f"from {with_article(line.fund)}{f' in {line.year}' if line.year else ''}"
    told = allocations or taken_back
    total = short_pounds(sum(one.amount_pence for one in told))
    what = f"an award, {total}," if len(told) == 1 else f"{len(told)} awards, {total} in all,"
    if line.is_direct and allocations:
        return f"This notice records {what} made without a competition {of} and set out in Annex 1."
    decides = f"This notice awards no money {of}."
    if allocations:
        decides = f"This notice makes {what} {of}, set out in Annex 1."
    elif taken_back:
        place = noun(len(taken_back), "its place", "their place")
        decides = f"This notice takes back {what} {of}, and awards nothing in {place}. "
        decides += "Annex 1 sets out what is taken back."
    return f"{decides} {panel}".strip()


def legal(power: str) -> str:
    return as_sentence(f"The decision is taken under {power_in_a_sentence(power)}") if power else ""


def without_money(
    lines: Iterable[DecisionRow | RecommendationRow],
    lost: Iterable[Allocation],
    year: str,
    why: Mapping[str, str],
    final: Mapping[str, DecisionRow] | None = None,
) -> Iterator[str]:
    """Yield which applications have each outcome without money, by reference, in one sentence for each.

    `why` says of some of them in a few words why; they stand together where it is the same. `final` are the
    decisions that stand: of a line that was decided again the later notice is named. What the reserve list
    promises, until when in the financial `year`, is told while somebody is on it.
    """
    back, has_reserve = {one.reference for one in lost}, False
    held = dict[str, dict[str, list[str]]]()
    for row in lines:
        if row.application not in back:
            now = (final or {}).get(row.application)
            is_old = isinstance(row, DecisionRow) and now is not None and now.number != row.number
            later = f" (decided again, notice {now.notice})" if is_old and now else ""
            alike = held.setdefault(row.outcome, {}).setdefault(why.get(row.application, ""), [])
            alike.append(f"{row.application}{later}")
            has_reserve = has_reserve or (row.outcome == PanelOutcome.RESERVE and not is_old)
    for outcome in WITHOUT_MONEY:
        if outcome.value in held:
            yield f"{with_capital(FORMS[outcome].was)}: {_with_reasons(held[outcome.value])}."
    if has_reserve:
        yield f"The reserve list {reserve_holds(year)}."


def reserve_holds(year: str) -> str:
    """Return what the reserve list of a round promises and until when, after what it is: "is no promise"."""
    ends = year_ends_on(year)
    latest = "" if ends is None else f", on {full_day(ends)} at the latest"
    return (
        "is no promise of money: what comes back may be awarded to whom it names, by another notice, until "
        f"the round is closed{latest}"
    )


def _with_reasons(alike: Mapping[str, Sequence[str]]) -> str:
    """Return applications that one reason each has in common, with it; those without one come last."""
    told = sorted(alike.items(), key=lambda one: (not one[0], sorted(one[1])))
    return "; ".join(f"{listed(sorted(which))}, {why}".removesuffix(", ") for why, which in told)


def by_area(
    here: Iterable[RecommendationRow], rows: Iterable[ApplicationRow], areas: Sequence[str]
) -> list[RecommendationRow]:
    """Return recommendations in the order of the round's areas, those of none first."""
    of = {row.reference: row.area for row in rows}
    return sorted(here, key=lambda row: areas.index(area) if (area := of[row.application]) in areas else -1)


def areas_of(rows: Iterable[ApplicationRow], references: Iterable[str], facts: RoundFacts) -> tuple[str, ...]:
    """Return the areas of some applications, in the order of the round."""
    chosen = set(references)
    found = {row.area for row in rows if row.reference in chosen}
    return tuple(area.name for area in facts.line.areas if area.name in found)


def with_area(subject: str, area: str | None) -> str:
    return f"{subject}: {area}" if area else subject


def advised_allocations(
    advised: Mapping[str, RecommendationRow], rows: Iterable[ApplicationRow], facts: RoundFacts
) -> tuple[Allocation, ...]:
    """Return the lines for which money is recommended, in the order in which their awards are numbered.

    That is by area in the order of the round, then by place.
    """
    priorities = dict(facts.priorities)
    places = {of: one.place for of, one in advised.items() if one.place is not None}
    return tuple(
        _allocation(row, amount, priorities)
        for row in _in_order(rows, facts, places)
        if row.reference in advised and (amount := advised[row.reference].amount_pence)
    )


def _in_order(
    rows: Iterable[ApplicationRow], facts: RoundFacts, places: Mapping[str, int] | None = None
) -> list[ApplicationRow]:
    order, at = {area.name: number for number, area in enumerate(facts.line.areas)}, places or {}
    return sorted(
        rows,
        key=lambda row: (order.get(row.area or "", len(order)), at.get(row.reference, inf), row.reference),
    )


def allocations_of(
    applied: Sequence[ApplicationRow],
    lines: Sequence[DecisionRow],
    every: Sequence[DecisionRow],
    facts: RoundFacts,
) -> tuple[Allocation, ...]:
    """Return the lines that award money, by area in the order of the round, then by reference."""
    final, priorities = final_decisions(every), dict(facts.priorities)
    funded = {row.application: row for row in lines if row.outcome in FUNDED}
    found = list[Allocation]()
    for row in _in_order((row for row in applied if row.reference in funded), facts):
        decided, now = funded[row.reference], final.get(row.reference)
        later = "" if decided.ended_by is None or now is None else now.notice
        found.append(_allocation(row, decided.amount_pence or 0, priorities, later))
    return tuple(found)


def numbered(lines: Iterable[Allocation], made: Mapping[str, str]) -> tuple[Allocation, ...]:
    """Return lines with the awards that they made, within each area in the order of the awards' numbers."""
    found = [replace(one, award=made.get(one.reference, "")) for one in lines]
    areas = list(dict.fromkeys(one.area for one in found))
    return tuple(sorted(found, key=lambda one: (areas.index(one.area), not one.award, one.award)))


def lost_lines(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> Iterator[DecisionRow]:
    for line, before in _replaced(every, lines):
        if line.outcome not in FUNDED and before.outcome in FUNDED:
            yield before


def _replaced(
    every: Sequence[DecisionRow], lines: Iterable[DecisionRow]
) -> Iterator[tuple[DecisionRow, DecisionRow]]:
    earlier = earlier_decisions(every)
    for line in lines:
        for row in [row for row in earlier.get(line.application, ()) if row.number < line.number][-1:]:
            yield line, row


def _allocation(
    row: ApplicationRow, pence: int, priorities: Mapping[str, str], superseded_by: str = ""
) -> Allocation:
    return Allocation(
        reference=row.reference,
        recipient=row.organisation,
        service=row.project or row.organisation,
        crime_type=priorities.get(row.reference, ""),
        area=row.area or "",
        amount_pence=pence,
        superseded_by=superseded_by,
    )


def usual_papers(facts: RoundFacts) -> str:
    return NO_PAPERS if facts.line.is_direct else PANEL_PAPERS


def background_papers(
    session: Session, facts: RoundFacts, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> str:
    """Return them a line each: the usual ones, then those of decisions that `lines` take the place of."""
    earlier = tuple(_earlier(session, facts.line.round_id, every, lines))
    usual = () if earlier and facts.line.is_direct else (usual_papers(facts),)
    return "\n".join((*usual, *earlier))


def _earlier(
    session: Session, round_id: int, every: Sequence[DecisionRow], lines: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield the notices whose decisions the lines of one notice take the place of, and the challenges.

    A challenge is named by its kind and its application: who asked stands in no paper for the public.
    """
    of_notice = dict[str, list[str]]()
    for line, row in _replaced(every, lines):
        of_notice.setdefault(row.notice, []).append(line.application)
    for number, of in of_notice.items():
        yield f"Notice of decision {number}, on {listed(of)}"
    unsigned = {line.application for line in lines if not line.signed_by}
    for held in held_challenges(session):
        is_to_sign = held.waits_for_decision and held.application in unsigned
        if held.round_id == round_id and (is_to_sign or held.changed_by in lines):
            yield f"{KIND_WORDS[held.challenge.kind]} of the decision on {held.application}, and its answer"


def contact(texts: PaperTexts, office: Office) -> tuple[tuple[str, str], ...]:
    """Return who answers questions, as far as they are named: the paper's own contact, else the office's."""
    said = (texts.get("contact_name"), texts.get("contact_post"), texts.get("contact_phone"))
    name, post, telephone, email = (*said, texts.get("contact_email"))
    if not any((name, post, telephone, email)):
        name, post = office.get("contact_name"), office.get("contact_post")
        telephone, email = (office.get("telephone"), office.get("email")) if name or post else ("", "")
    who = ", ".join(filter(None, (name, post)))
    told = (("Contact officer", who), ("Telephone", telephone), ("E-mail", email))
    return tuple((heading, text) for heading, text in told if text)
