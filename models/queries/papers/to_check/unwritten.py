"""Which awards a list for the public tells of in words of their applicants, which nobody may have read."""

from collections.abc import Iterator, Sequence

from models.papers.order import PaperOrder
from models.papers.texts import PURPOSES_READ
from models.queries.applications.applications import applications
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.withheld.names import withheld_elsewhere
from models.queries.papers.paper_texts import published_purposes
from models.queries.set_up.rounds import round_line, rounds_of
from models.session import Session
from models.values.round_line import RoundLine
from scoring.counted import counted, listed, noun
from scoring.refused import Refused

NOTICE = "notice"
MOST_NAMED = 12
"""The awards that a refusal names; a year may have hundreds."""


def require_purposes(session: Session, order: PaperOrder) -> None:
    """Refuse a list for the public while nobody has read what may tell of people, or whose an award is."""
    told = (unwritten_words(session, order), withheld_words(session, order), named_words(session, order))
    words = " ".join(filter(None, told))
    if words:
        ticked = f"Where you have read them and they may be published, tick “{PURPOSES_READ}”"
        raise Refused(f"{words} {ticked}, or give --purposes-read.")


def unwritten_words(session: Session, order: PaperOrder) -> str:
    """Return which awards of a list have a purpose that nobody at the office wrote; "" where none has."""
    unwritten = sorted(_unwritten(session, order))
    if not unwritten:
        return ""
    many = len(unwritten)
    return (
        f"Nobody at the office wrote the purpose of {counted(many, 'award')}: {_named(unwritten)}. The list "
        f"publishes what the {noun(many, 'applicant')} wrote, which may tell of people: write a sentence "
        "under “Purpose for the public…” beside each award (award RECORD purpose)."
    )


def withheld_words(session: Session, order: PaperOrder) -> str:
    """Return which awards of a list could be told by their words though their names are withheld, or ""."""
    withheld = sorted(
        award.reference
        for line in _rounds(session, order)
        for award in awards(session, line.round_id)
        if award.withheld is not None and order.area in (None, award.area) and _is_told(order, award)
    )
    if not withheld:
        return ""
    return (
        f"The name is withheld for {_named(withheld)}. Read the project, the purpose and, of one without a "
        "competition, the reason for that: where few do such work they tell who it is."
    )


def named_words(session: Session, order: PaperOrder) -> str:
    """Return which awards of a list or a notice name whom others withhold, or "".

    Of a notice that is to be signed it is what is recommended or proposed.
    """
    found = [words for line in _rounds(session, order) for words in _named_elsewhere(session, order, line)]
    many = len(found)
    return (
        f"{'; '.join(found[:MOST_NAMED])}{f'; and {many - MOST_NAMED:,} more' if many > MOST_NAMED else ''}. "
        "Whoever reads both knows who it is: withhold the name there too."
        if found
        else ""
    )


def _named_elsewhere(session: Session, order: PaperOrder, line: RoundLine) -> Iterator[str]:
    elsewhere = withheld_elsewhere(session, line.round_id)
    if not elsewhere:
        return
    held = {award.application: award for award in awards(session, line.round_id)}
    for row in applications(session, line.round_id):
        award = held.get(row.reference)
        is_told = order.kind == NOTICE if award is None else _is_told(order, award)
        is_named = is_told and order.area in (None, row.area) and not row.withdrawn
        if row.reference in elsewhere and is_named and (award is None or award.withheld is None):
            name, other = elsewhere[row.reference]
            yield f"{row.reference if award is None else award.reference} names {name}, withheld for {other}"


def _named(references: Sequence[str]) -> str:
    more = len(references) - MOST_NAMED
    return listed([*references[:MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])])


def _is_told(order: PaperOrder, award: AwardRow) -> bool:
    """Whether a list tells of an award: one of a month or a period tells of what was decided in it."""
    decided = award.decision
    is_whole = order.month is None and not order.period
    return is_whole or (decided is not None and order.has(decided.signed_on))


def _unwritten(session: Session, order: PaperOrder) -> Iterator[str]:
    """Yield the awards of a list whose purpose is their applicant's summary, by reference.

    Of an award without a competition it is the office that wrote all that is known.
    """
    for line in _rounds(session, order):
        if line.is_direct:
            continue
        held = {award.application: award for award in awards(session, line.round_id)}
        written = published_purposes(session, line.round_id) if held else {}
        for row in applications(session, line.round_id) if held else ():
            award = held.get(row.reference)
            if award is None or row.reference in written or not row.summary.strip():
                continue
            if order.area in (None, row.area) and _is_told(order, award):
                yield award.reference


def _rounds(session: Session, order: PaperOrder) -> tuple[RoundLine, ...]:
    """Return the rounds that a list tells of; a year whose figures were loaded may have none."""
    if order.round_id is not None:
        return (round_line(session, order.round_id),)
    try:
        return rounds_of(session, order.fund, order.year)
    except Refused:
        return ()
