"""What a notice tells from the record where the office wrote nothing: what it is about, money and power."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from models.papers.notice import Allocation, NoticeOfDecision
from models.papers.order import PaperOrder
from models.papers.texts import PaperTexts
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.deciding.decisions import decisions, earlier_decisions, final_decisions
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.funds import fund_list
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import RoundFacts
from models.queries.set_up.signing import Seat, signing
from models.session import Session
from scoring.allocating.over_pot import PotUse, over_words
from scoring.counted import counted, listed
from scoring.money import column_money, short_pounds
from scoring.refused import Refused
from scoring.written.articles import power_in_a_sentence, with_article
from scoring.written.text import paragraphs

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
    own = [number] if number and _is_anew(session, round_id, number) else [number, *drafts]
    found = (paper_texts(session, round_id, "notice", of) for of in own)
    return next((texts for texts in found if texts.texts), PaperTexts())


def _is_anew(session: Session, round_id: int, number: str) -> bool:
    """Whether all that a notice decides was decided before."""
    every = decisions(session, round_id)
    earlier, lines = earlier_decisions(every), [row for row in every if row.notice == number]
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
    names = {one.name for area in of for one in chain.held(Seat(step, post, area))}
    named = office_on(session, order.today).signatory(order.kind)
    if not names and named:
        return named
    return ", ".join([*(names if len(names) == 1 else ()), post])


def summary(
    facts: RoundFacts, allocations: Sequence[Allocation], taken_back: Sequence[Allocation] = ()
) -> str:
    """Return what was done, for how many awards and how much money."""
    if taken_back and not allocations:
        return _taken_back(facts, taken_back)
    line, many = facts.line, len(allocations)
    panel = f"A panel scored the applications to {line.words} on published criteria."
    if line.is_direct:
        panel = f"Awards without a competition from {with_article(line.fund)} in {line.year}."
    total = short_pounds(sum(line.amount_pence for line in allocations))
    if many == 1:
        return f"{panel} The award, {total}, is set out in Annex 1."
    return f"{panel} {counted(many, 'award')}, {total} in all, are set out in Annex 1."


def _taken_back(facts: RoundFacts, lines: Sequence[Allocation]) -> str:
    """Return what a notice says that awards nothing, and takes back what an earlier one awarded."""
    total, many = short_pounds(sum(line.amount_pence for line in lines)), len(lines)
    what = f"An earlier award of {total} is" if many == 1 else f"{many} earlier awards, {total} in all, are"
    return f"{what} decided anew: {facts.line.words} gives it no money. Annex 1 sets out what is taken back."


def financial(
    session: Session,
    facts: RoundFacts,
    total: int,
    areas: Sequence[str],
    *,
    what: str = "This notice commits",
) -> str:
    """Return the fund's year and the pots of some areas, with what is committed and what that leaves.

    What was committed before is told, so that a reader's own sum comes to what is left.
    """
    commits = f"{what} {short_pounds(total)}"
    uses = pot_uses(session, facts.line.round_id, given_amounts(session, facts.line.round_id))
    here = [use for use in uses if use.area in areas]
    if not here:
        return f"{_of_year(session, facts)}{commits}."
    left = sum(use.left_pence for use in here)
    whose = "the pot" if len(here) == 1 else "these pots"
    leaves = f"; {short_pounds(left)} of {whose} is left" if left else f"; nothing of {whose} is left"
    return f"{_of_year(session, facts)}{_of_pots(facts, here)}{commits}{leaves}."


def _of_year(session: Session, facts: RoundFacts) -> str:
    """Return what the fund has in the year of the round, "" where a panel's has none recorded."""
    line = facts.line
    of = (fund for fund in fund_list(session) if fund.code == line.fund_code)
    amounts = [year.amount_pence for fund in of for year in fund.years if year.year == line.year]
    if not amounts and line.is_direct:
        money = f"the money of {with_article(line.fund)} for {line.year}"
        return f"What is awarded without a competition draws on {money}. "
    if not amounts:
        return ""
    the_fund = with_article(line.fund)
    return f"{the_fund[:1].upper()}{the_fund[1:]} has {short_pounds(amounts[0])} in {line.year}. "


def _of_pots(facts: RoundFacts, uses: Sequence[PotUse]) -> str:
    names = [use.area for use in uses]
    pots = short_pounds(sum(use.pot_pence for use in uses))
    start_up = sum(area.start_up_pence for area in facts.line.areas if area.name in names)
    of = "this round" if len(names) == len(facts.line.areas) else listed(names)
    pot = f"The pot of {of} is" if len(names) == 1 else f"The pots of {of} come to"
    before = sum(use.committed_pence for use in uses)
    less = f", of which {short_pounds(before)} was committed before" if before else ""
    beside = f"; {short_pounds(start_up)} of start-up money is held apart" if start_up else ""
    return f"{pot} {pots}{less}{beside}. "


def over(session: Session, round_id: int, areas: Collection[str]) -> tuple[str, ...]:
    """Return for each area of a notice that is over its pot by how much, and who allows it."""
    decided = final_decisions(decisions(session, round_id)).values()
    given: Mapping[str, int] = {row.application: row.amount_pence or 0 for row in decided}
    uses = pot_uses(session, round_id, given)
    return tuple(_over_one(use) for use in uses if use.over_pence and use.area in areas)


def _over_one(use: PotUse) -> str:
    show = column_money((use.used_pence, use.pot_pence, use.over_pence))
    decided = f"{show(use.used_pence)} is decided, of a pot of {show(use.pot_pence)}"
    return f"{use.area}: {decided}. {over_words(use, show)}."


def legal(power: str, *, awards: bool = True) -> str:
    """Return the power under which the awards are made or taken back, as a sentence; "" for none."""
    what = "The awards are made" if awards else "The decision is taken"
    return f"{what} under {power_in_a_sentence(power)}.".replace("..", ".") if power else ""
