"""What a notice is of: its areas and lines, the papers behind it, and its words where nobody wrote any."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from operator import itemgetter

from msgspec.structs import replace

from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.office import Office
from models.papers.order import PaperOrder, TextPairs
from models.papers.paper_words import Sentences
from models.papers.texts import PaperTexts
from models.queries.deciding.decisions import decisions, earlier_decisions
from models.queries.deciding.signatories import Seat, signing
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts
from models.reference.defaults import ListKind, in_use
from models.reference.reporting import year_ends_on
from models.session import Session
from models.values.recommending import FUNDED, DecisionRow, RecommendationRow
from models.values.rows import ApplicationRow, by_reference
from scoring.written.days import full_day
from scoring.written.text import Refused, paragraphs

FUND = Sentences("round")
ACCESS = (
    "The information in this decision may be asked for under the Freedom of Information Act 2000 and other "
    "laws. The decision is published on the office's website."
)
WITHHELD_ACCESS = (
    "Requests under the Freedom of Information Act 2000 are considered one by one; what an exemption of that "
    "Act covers is withheld."
)
NO_PART = (
    "{} has no confidential part. Write one under “Confidential facts and advice” in the words of the notice."
)
NO_GROUND = (
    "The notice has a confidential part, and nothing says why. Write the ground under “Confidential because” "
    "in the words of the notice."
)


def notice_texts(session: Session, round_id: int, number: str, areas: Sequence[str]) -> PaperTexts:
    """Return what the office wrote into a notice: under its number, else into the draft that was signed.

    The draft of one area is looked for before the draft of the whole round. A notice of what was decided
    before has words of its own: the drafts are of the decisions whose place it takes.
    """
    drafts = [areas[0], ""] if len(areas) == 1 else [""]
    every = decisions(session, round_id)
    lines, earlier = [row for row in every if number and row.notice == number], earlier_decisions(every)
    was = [any(row.number < line.number for row in earlier.get(line.application, ())) for line in lines]
    is_again = bool(was) and all(was)
    own = [number] if is_again else [number, *drafts]
    found = (paper_texts(session, round_id, "notice", of) for of in own)
    return next((texts for texts in found if texts.texts), PaperTexts())


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


def reserve_holds(year: str) -> str:
    """Return what the reserve list of a round promises and until when, after what it is: "is no promise"."""
    ends = year_ends_on(year)
    latest = "" if ends is None else f", on {full_day(ends)} at the latest"
    return (
        "is no promise of money: what comes back may be awarded to whom it names, by another notice, until "
        f"the round is closed{latest}"
    )


def fund_words(facts: RoundFacts) -> Iterator[str]:
    """Yield what the fund is: where its money comes from, and what it is for."""
    items = (item.words for item in in_use(facts.defaults.items(ListKind.PURPOSE)))
    purposes = tuple(items) or facts.defaults.purposes
    if facts.defaults.money or purposes:
        yield FUND.what_it_is(facts.line.fund, facts.defaults.money.rstrip("."), purposes)


def with_area(subject: str, area: str | None) -> str:
    return f"{subject}: {area}" if area else subject


def allocations_of(
    lines: Iterable[DecisionRow | RecommendationRow],
    rows: Iterable[ApplicationRow],
    facts: RoundFacts,
    final: Mapping[str, DecisionRow] = {},
    made: Mapping[str, str] = {},
) -> tuple[Allocation, ...]:
    """Return the lines that award money, by area in the order of the round, then as awards are numbered.

    `made` are the awards that they made; what is recommended stands by place, as its awards will be numbered.
    Of a line that no longer stands the notice of the `final` decision is named.
    """
    applied, priorities = by_reference(rows), dict(facts.priorities)
    order = {area.name: number for number, area in enumerate(facts.line.areas)}
    found = list[tuple[tuple[int, bool, str, float, str], Allocation]]()
    for line in (line for line in lines if line.outcome in FUNDED):
        row, of, later, place = applied[line.application], line.application, "", inf
        if isinstance(line, DecisionRow):
            later = final[of].notice if line.ended_by is not None and of in final else ""
        else:
            place = inf if line.place is None else line.place
        allocation = Allocation(
            reference=of,
            recipient=row.organisation,
            service=row.project or row.organisation,
            crime_type=priorities.get(of, ""),
            area=row.area or "",
            amount_pence=line.amount_pence or 0,
            superseded_by=later,
            award=made.get(of, ""),
        )
        area = order.get(row.area or "", len(order))
        found.append(((area, not allocation.award, allocation.award, place, of), allocation))
    return tuple(allocation for _, allocation in sorted(found, key=itemgetter(0)))


def contact(texts: PaperTexts, office: Office) -> TextPairs:
    """Return who answers questions, as far as they are named: the paper's own contact, else the office's."""
    fields = ("contact_name", "contact_post", "contact_phone", "contact_email")
    name, post, telephone, email = map(texts.get, fields)
    if not any((name, post, telephone, email)):
        name, post = office.get("contact_name"), office.get("contact_post")
        telephone, email = (office.get("telephone"), office.get("email")) if name or post else ("", "")
    who = ", ".join(filter(None, (name, post)))
    told = (("Contact officer", who), ("Telephone", telephone), ("E-mail", email))
    return tuple((heading, text) for heading, text in told if text)
