"""A notice of decision as a paper: the decision first, then facts and advice, then the annexes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from msgspec.structs import replace

from exchange.papers.document.values import (
    BlankLines,
    Block,
    Column,
    Document,
    Heading,
    Look,
    Pairs,
    Para,
    Signature,
    Table,
    Together,
)
from exchange.papers.paper_words import NO_AREA, crime_type, text_or_dash
from exchange.papers.prose import prose, written
from models.papers.notice import Allocation, NoticeOfDecision, is_disclosed, on_ground
from models.papers.status import DRAFT, PaperStatus
from models.papers.without_money import without_money_words
from scoring.counted import counted, listed
from scoring.money import column_money, short_pounds
from scoring.written.days import full_day
from scoring.written.text import as_sentence, paragraphs, with_capital

INTERESTS = "Interests stated by the signer before this decision was taken:"
JOINT_INTERESTS = "Interests stated by those who signed jointly, before this decision was taken:"
EACH_STATED = "Each of those who signed jointly stated, before this decision was taken:"
EACH_STATES = "Each of us who signs states:"
DISCLOSED = "Interests disclosed:"
ONE_STATES = "The same statement on interests is made here."
ALL_STATE = "Each makes the same statement on interests."
ALL_DISCLOSED = "Interests disclosed, each with a name:"
FIRST = "To be signed first, before the decision is taken"
TO_SIGN = "For signature, not decided until signed"
GOES_WITH_IT = "For the decision, which is signed on the public part"
"""What a notice that is not decided says on each page: nobody signs what calls itself a draft."""
NUMBER_TO_COME = "______ / 20____"
"""Where a number is written by hand when the notice is signed."""
MOST_TOGETHER = 20
"""The allocations of an area that are not parted by the end of a page."""
UNSTATED, ALL_AREAS = "Not stated", "All areas"
ANNEX_PASSED_ON = "Annex 2"
BETWEEN = "; "
"""What parts a crime type from a priority."""


def notice_document(notice: NoticeOfDecision, status: PaperStatus) -> Document:
    """Return the notice, or the part of it that is printed apart, as a paper."""
    blocks = _apart(notice) if notice.confidential else _blocks(notice)
    paper = prose(notice, status, blocks, (notice.subject,))
    if notice.is_decided:
        return paper
    words = GOES_WITH_IT if notice.confidential else TO_SIGN
    return replace(paper, status=status.words.replace(DRAFT, words), is_draft=False)


def _blocks(notice: NoticeOfDecision) -> Iterator[Block]:
    number = () if notice.number else (("Notice number", NUMBER_TO_COME),)
    if notice.contact or number:
        yield Pairs((*number, *notice.contact))
    yield Heading("Executive summary")
    yield from written(paragraphs(notice.summary))
    yield Heading("Decision")
    yield from _taken(notice) if notice.is_decided else _to_sign(notice)
    yield from _advice(notice)
    if notice.allocations:
        yield Heading("Annex 1: allocations")
        yield from annex(notice)
        yield from by_crime_type(notice)
    yield from passed_on(notice)
    yield from taken_back(notice)
    yield from where_named(notice)


def _apart(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the part that the public one names: why it is withheld, and what it advises."""
    yield Pairs((("Why it is withheld", as_sentence(with_capital(notice.ground))), *notice.contact))
    yield Heading("Confidential facts and advice")
    yield from written(notice.confidential, count(1))
    if notice.unnamed:
        yield unnamed(notice)
    yield Heading("What these belong to")
    yield Para(
        "These facts and advice are part of the notice of decision, whose other part is public and holds the "
        "decision."
    )
    yield from _signed(notice) if notice.is_decided else [Para("The decision is signed on the public part.")]


def _taken(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what was decided, with what interests, by whom and when."""
    assert notice.decided_on is not None, "it was decided"
    decided = " ".join(_decided(notice, "We" if notice.also_signed else "I"))
    yield Para(f"{decided} {_others(notice, 'was', 'were')}".strip(), Look.LEAD)
    yield from _over(notice)
    yield from map(Para, notice.signed_before)
    yield from _interests(notice)
    yield from _signed(notice)


def _decided(notice: NoticeOfDecision, who: str) -> Iterator[str]:
    """Yield what was awarded, and what was taken back that an earlier notice awarded."""
    if notice.allocations:
        yield f"{who} approve {_lines(notice.allocations)} in Annex 1: {_in_all(notice)}."
    if notice.passed_on:
        yield f"{ANNEX_PASSED_ON} names who recipients pass some of it on to."
    if notice.taken_back:
        back = short_pounds(notice.taken_back_pence)
        yield f"{who} take back {_lines(notice.taken_back)} in {annex_back(notice)}: {back}."
    if not notice.allocations and not notice.taken_back:
        yield f"{who} award no money."


def _lines(allocations: Sequence[Allocation]) -> str:
    many = len(allocations)
    return "the allocation" if many == 1 else f"the {many} allocations"


def _signed(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield who signed, with what post and when."""
    signed = ((one.name, one.post, full_day(one.on)) for one in notice.signed)
    yield Pairs(tuple(("Signed", ", ".join(each)) for each in signed))


def _to_sign(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the decision as whoever signs takes it, with room for interests, name and date."""
    yield from map(Para, notice.signed_before)
    decided = " ".join(_decided(notice, "We" if _is_joint(notice) else "I"))
    yield Para(f"{decided} {_others(notice, 'is', 'are')}".strip(), Look.LEAD)
    yield from _over(notice)
    yield from _to_state(notice)
    if notice.to_sign_first:
        yield _first(notice)


def _first(notice: NoticeOfDecision) -> Together:
    """Return room for those who sign before the decision, and for the interests of any of them."""
    is_one = len(notice.to_sign_first) == 1
    state, room = (ONE_STATES, DISCLOSED) if is_one else (ALL_STATE, ALL_DISCLOSED)
    words = f"{state} {room}" if notice.standing_interests else room
    signing = (Signature(who) for who in notice.to_sign_first)
    return Together((Heading(FIRST, 2), Para(words), BlankLines(2), *signing))


def _to_state(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what whoever signs states of interests, with room to disclose some: each of several their own."""
    standing = as_sentence(notice.standing_interests or notice.interests)
    if not _is_joint(notice):
        yield Para(standing)
        yield Together((Para(DISCLOSED), BlankLines(2), *(Signature(who) for who in notice.to_sign)))
        return
    if standing:
        yield Para(f"{EACH_STATES} “{standing}”")
    for one in notice.also_signed:
        stated = _standing_and_disclosed(notice, one.interests)[1]
        who = f"{one.name}, {one.post}"
        yield Para(f"Interests disclosed by {who}: {as_sentence(stated)}")
        yield Pairs((("Signed", f"{who}, {full_day(one.on)}"),))
    for who in notice.to_sign:
        yield Together((Para(f"Interests disclosed by {who}:"), BlankLines(2), Signature(who)))


def _is_joint(notice: NoticeOfDecision) -> bool:
    """Whether several sign the decision, some of whom may have done so."""
    return len(notice.to_sign) + len(notice.also_signed) > 1


def _over(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what goes beyond pots, which whoever signs decides with it; who allows it stands below."""
    if notice.over_pots:
        told = listed(
            [f"{short_pounds(pence)} more than the pot of {area}" for area, pence in notice.over_pots]
        )
        yield Para(f"That is {told}; the financial implications say who allows it.")


def _in_all(notice: NoticeOfDecision) -> str:
    total = short_pounds(notice.total_pence)
    return total if len(notice.allocations) == 1 else f"{total} in all"


def _others(notice: NoticeOfDecision, one: str, several: str) -> str:
    """Return how many applications get nothing, each by its own outcome; "" for none."""
    if notice.by_outcome:
        return without_money_words(notice.by_outcome, one, several)
    if not notice.others:
        return ""
    return f"{counted(notice.others, f'application {one}', f'applications {several}')} not funded."


def _interests(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what whoever signed stated, each by name where several signed jointly."""
    standing, disclosed = _standing_and_disclosed(notice, notice.interests)
    if not notice.also_signed:
        if standing:
            yield Para(as_sentence(standing))
        yield Para(f"{DISCLOSED if standing else INTERESTS} {as_sentence(disclosed)}")
        return
    yield Para(f"{EACH_STATED} “{as_sentence(standing)}”" if standing else JOINT_INTERESTS)
    for one in notice.signed:
        stated = _standing_and_disclosed(notice, one.interests)[1]
        yield Para(f"{one.name}, {one.post}: {as_sentence(stated)}")


def _standing_and_disclosed(notice: NoticeOfDecision, interests: str) -> tuple[str, str]:
    """Return the office's standing statement, and what was disclosed beside it.

    Who spoke of pecuniary interests in words of their own is printed in these alone: the standing words
    say that there are none.
    """
    standing, stated = notice.standing_interests, interests.strip()
    if standing and stated.startswith(standing):
        stated = stated.removeprefix(standing).strip()
    elif not standing or "pecuniary" in stated.casefold():
        return "", stated
    return standing, stated if is_disclosed(stated) else "none"


def _advice(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the numbered facts and advice, whose numbers run through the headings."""
    parts = (
        ("Introduction and background", notice.background),
        ("Financial implications", notice.financial),
        ("Legal implications", notice.legal),
    )
    yield Heading(f"{notice.marking.capitalize()} facts and advice")
    numbers = count(1)
    for heading, texts in parts:
        if texts:
            yield Heading(heading, 2)
        yield from written(texts, numbers)
    yield Heading("Schedule of background papers", 2)
    yield from written(notice.papers)
    yield Together((Heading("Public access to information", 2), *_access(notice)))


def _access(notice: NoticeOfDecision) -> Iterator[Para]:
    """Yield what the public may read, and why not where it may not."""
    if notice.is_confidential and notice.ground:
        yield Para(f"This notice is withheld from the public. {on_ground(notice.ground)}")
    yield Para(notice.access)
    if notice.has_confidential_part:
        words = "This notice has a confidential part, printed separately and withheld from the public."
        yield Para(f"{words} {on_ground(notice.ground)}")


def annex(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the annex: each area over its allocations with their sum, and at the end that of all areas."""
    areas = notice.subtotals(by_area=True)
    if len(areas) == 1:
        yield _allocations(notice, notice.allocations, ("Total", notice.total_pence))
        return
    whole = notice.letterhead.area_label.labelled(ALL_AREAS)
    for area, subtotal in areas:
        heading = Heading(area or notice.letterhead.area_label.said(NO_AREA), 2)
        here = [line for line in notice.allocations if line.area == area]
        total = [(whole, notice.total_pence)] if area == areas[-1][0] else []
        table = _allocations(notice, here, ("Subtotal", subtotal), *total)
        if len(here) <= MOST_TOGETHER:
            yield Together((heading, table))
        else:
            yield from (heading, table)


def _allocations(notice: NoticeOfDecision, lines: Sequence[Allocation], *sums: tuple[str, int]) -> Table:
    """Return allocations with their sums; a column that no line of the notice fills is left out."""
    types = [line.crime_type for line in _every(notice) if line.crime_type]
    has_awards = any(line.award for line in lines)
    columns = (
        Column("Reference", 1.2),
        Column("Service provided", 2.7),
        Column("Recipient", 2.7),
        *([Column(_kinds(notice, types), 2.8)] if types else []),
        *([Column("Award", 1.2)] if has_awards else []),
        Column("Allocation", 1.5, is_figure=True),
    )
    rows = [
        (
            line.reference,
            _service(line),
            line.recipient,
            *([text_or_dash(_in_lines(line.crime_type))] if types else []),
            *([line.award] if has_awards else []),
            money_of(notice, line.amount_pence),
        )
        for line in lines
    ]
    totals = [(words, *("",) * (len(columns) - 2), money_of(notice, pence)) for words, pence in sums]
    last = frozenset(range(len(rows), len(rows) + len(totals)))
    return Table("", columns, (*rows, *totals), last, has_pence=_has_pence(notice))


def _every(notice: NoticeOfDecision) -> tuple[Allocation, ...]:
    return (*notice.allocations, *notice.taken_back)


def _has_pence(notice: NoticeOfDecision) -> bool:
    """Whether a figure of the annexes has pence: those of all areas have some then."""
    return any(line.amount_pence % 100 for line in _every(notice))


def _kinds(notice: NoticeOfDecision, types: Iterable[str]) -> str:
    """Return what the lines are for as a heading: as the office chose it, else as a form asks it."""
    asked = "Crime type and priority" if any(BETWEEN in text for text in types) else "Crime type"
    return notice.kinds or asked


def _in_lines(kinds: str) -> str:
    """Return crime type and priority, where both are said each on a line."""
    return crime_type(kinds).replace(BETWEEN, f"{BETWEEN.rstrip()}\n")


def annex_back(notice: NoticeOfDecision) -> str:
    """Return the annex of what is taken back, the last of a notice."""
    return f"Annex {1 + bool(notice.allocations) + bool(notice.passed_on)}"


def taken_back(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what an earlier notice awarded and this one takes back, with the sum of it."""
    if notice.taken_back:
        yield Heading(f"{annex_back(notice)}: allocations taken back")
        yield _allocations(notice, notice.taken_back, ("Total", notice.taken_back_pence))


def where_named(notice: NoticeOfDecision) -> Iterator[Para]:
    """Yield where the names stand that the public part withholds: what is signed says whom it is for."""
    if not notice.withheld:
        return
    one = len(notice.withheld) == 1
    names, are = ("name of the recipient", "is") if one else ("names of the recipients", "are")
    place = "the office's record"
    if notice.has_confidential_part:
        place = "the confidential part of this notice"
    elif notice.is_decided:
        place = "the office's finance schedule, which is not published"
    has = f"{'It stands' if one else 'They stand'} in {place}"
    yield Para(f"The {names} of {listed(notice.withheld)} {are} withheld from the public. {has}.")


def unnamed(notice: NoticeOfDecision) -> Together:
    """Return who gets the money of the lines that the public part does not name, and with what sum."""
    total = ("Total", sum(line.amount_pence for line in notice.unnamed))
    return Together(
        (Heading("Who gets what the public part withholds"), _allocations(notice, notice.unnamed, total))
    )


def passed_on(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield what recipients pass on to others, with the sum of it."""
    if not notice.passed_on:
        return
    money = column_money(one.amount_pence for one in notice.passed_on)
    rows = [
        (one.reference, one.by, one.recipient, one.purpose, money(one.amount_pence))
        for one in notice.passed_on
    ]
    rows.append(("Total", "", "", "", money(sum(one.amount_pence for one in notice.passed_on))))
    columns = (
        Column("Reference", 1.5),
        Column("Passed on by", 2.4),
        Column("To", 2.4),
        Column("For", 2.4),
        Column("Amount", 1.3, is_figure=True),
    )
    yield Heading(f"{ANNEX_PASSED_ON}: grants passed on")
    yield Table("", columns, tuple(rows), frozenset({len(rows) - 1}))
    for line in notice.allocations:
        given = [one.amount_pence for one in notice.passed_on if one.reference == line.reference]
        kept = line.amount_pence - sum(given)
        if given and kept:
            yield Para(f"{line.reference}: {money_of(notice, kept)} of the award is not passed on.")


def money_of(notice: NoticeOfDecision, pence: int) -> str:
    """Return a figure of the paper: all of them with pence where one of them has some."""
    return column_money(line.amount_pence for line in _every(notice))(pence)


def _service(line: Allocation) -> str:
    return line.service + (f"\nSuperseded by notice {line.superseded_by}" if line.superseded_by else "")


def by_crime_type(notice: NoticeOfDecision) -> Iterator[Block]:
    """Yield the sum of each crime type, or of each with its priority, where that sums anything.

    What is not stated stands last. Nothing is summed where one row would be a part of another, as "Domestic
    abuse" is of "Domestic violence; Domestic abuse": neither is then all that was awarded for it.
    """
    found = sorted(notice.subtotals(by_area=False), key=lambda one: not one[0])
    stated = [set(kind.split(BETWEEN)) for kind, _ in found if kind]
    is_part = any(one < other for one in stated for other in stated)
    if is_part or not 1 < len(found) < len(notice.allocations):
        return
    rows = [(_in_lines(kind) or UNSTATED, money_of(notice, amount)) for kind, amount in found]
    rows.append(("Total", money_of(notice, notice.total_pence)))
    of = _kinds(notice, (kind for kind, _ in found)).replace(" or ", " and ")
    columns = (Column(of, 3), Column("Allocation", 1, is_figure=True))
    last, caption = frozenset({len(rows) - 1}), f"By {of[:1].lower()}{of[1:]}"
    yield Table(caption, columns, tuple(rows), last, has_pence=_has_pence(notice))
