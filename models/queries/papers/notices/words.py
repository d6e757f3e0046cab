"""What a notice tells from the record where the office wrote nothing: what it is about, and its power."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.texts import PaperTexts
from models.papers.without_money import Counts, count_without_money
from models.papers.year.year_facts import year_ends_on
from models.queries.deciding.decisions import DecisionRow, decisions, earlier_decisions
from models.queries.deciding.recommendations import RecommendationRow
from models.queries.deciding.signatories import Seat, signing
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts
from models.session import Session
from scoring.counted import counted, listed, noun
from scoring.money import short_pounds
from scoring.refused import Refused
from scoring.schedule.lines import FORMS, WITHOUT_MONEY, PanelOutcome
from scoring.written.days import full_day
from scoring.written.text import as_sentence, paragraphs, power_in_a_sentence, with_article, with_capital

ACCESS = (
    "The information in this decision may be asked for under the Freedom of Information Act 2000 and other "
    "laws. The decision is published on the office's website."
)
WITHHELD_ACCESS = (
    "Requests under the Freedom of Information Act 2000 are considered one by one; what an exemption of that "
    "Act covers is withheld."
)
PANEL_PAPERS, NO_PAPERS = "Moderation record and minutes of the panel\nAward schedule", "None"
"""What a notice rests on: what a panel did, or nothing that the office holds beside it."""
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
    own = [number] if number and _is_anew(session, round_id, number) else [number, *drafts]
    found = (paper_texts(session, round_id, "notice", of) for of in own)
    return next((texts for texts in found if texts.texts), PaperTexts())


def _is_anew(session: Session, round_id: int, number: str) -> bool:
    every = decisions(session, round_id)
    return is_anew(every, [row for row in every if row.notice == number])


def is_anew(every: Sequence[DecisionRow], lines: Sequence[DecisionRow]) -> bool:
    """Whether all that a notice decides was decided before."""
    earlier = earlier_decisions(every)
    return bool(lines) and all(
        any(before.number < row.number for before in earlier.get(row.application, ())) for row in lines
    )


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
    head = replace(whole.letterhead, words=())
    withheld = replace(whole, is_confidential=True, ground=ground, access=WITHHELD_ACCESS, letterhead=head)
    return replace(withheld, confidential=apart)


def who_signs(session: Session, order: PaperOrder, step: int, post: str, areas: Sequence[str]) -> str:
    """Return who is to sign in a post, by name where one person alone does."""
    assert order.round_id is not None, "a notice is of a round"
    chain = signing(session, order.round_id)
    of = areas if chain.chain[step].per_area else (None,)
    seats = [Seat(step, post, area) for area in of]
    named = office_on(session, order.today).signatory(order.kind)
    if named and not any(map(chain.held, seats)):
        return named
    called = {chain.called(seat) for seat in seats}
    return called.pop() if len(called) == 1 else post


def require_one_signer(session: Session, order: PaperOrder, step: int, areas: Sequence[str]) -> None:
    """Refuse one notice to sign for areas that are decided by a person of their own each."""
    assert order.round_id is not None, "a notice is of a round"
    known = signing(session, order.round_id)
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
    """Return what was done, for how many awards and how much money.

    `panel` is what was asked and scored, or which decisions the notice takes the place of.
    """
    if taken_back and not allocations:
        return f"{panel} {_taken_back(taken_back)}".strip()
    if not allocations:
        return f"{panel} No money is awarded.".strip()
    line, many = facts.line, len(allocations)
    total = short_pounds(sum(line.amount_pence for line in allocations))
    if line.is_direct:
        what = f"an award, {total}," if many == 1 else f"{counted(many, 'award')}, {total} in all,"
        of = f"from {with_article(line.fund)} in {line.year}"
        return f"This notice records {what} made without a competition {of} and set out in Annex 1."
    if many == 1:
        return f"{panel} The award, {total}, is set out in Annex 1."
    return f"{panel} {counted(many, 'award')}, {total} in all, are set out in Annex 1."


def _taken_back(lines: Sequence[Allocation]) -> str:
    """Return what a notice says that awards nothing, and takes back what an earlier one awarded."""
    total = short_pounds(sum(line.amount_pence for line in lines))
    one = f"The award, {total}, is taken back, and no money is awarded in its place."
    several = f"{len(lines)} awards, {total} in all, are taken back, and no money is awarded in their place."
    return f"{one if len(lines) == 1 else several} Annex 1 sets out what is taken back."


def legal(power: str, awards: int = 2) -> str:
    """Return the power under which so many awards are made, or taken back, as a sentence; "" for none."""
    made = noun(awards, "The award is made", "The awards are made")
    what = made if awards else "The decision is taken"
    return as_sentence(f"{what} under {power_in_a_sentence(power)}") if power else ""


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


def by_outcome(lines: Iterable[DecisionRow | RecommendationRow], lost: Iterable[Allocation]) -> Counts:
    """Return how many lines have each outcome without money, but for those that `lost` what they had."""
    back = {one.reference for one in lost}
    return count_without_money(row.outcome for row in lines if row.application not in back)
