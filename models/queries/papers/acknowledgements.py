"""The letters that acknowledge applications: what came and when, its number, and what happens next."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from models.papers.letters.letter import Came, Letter
from models.papers.letters.letter_kinds import RECEIVED
from models.papers.letters.letters import MOST_NAMED, Letters
from models.papers.order import PaperOrder
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.intake import Intake, IntakeLine, intake
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.papers.letter_parts.headed import headed
from models.queries.papers.letters import by_reference, letter_to
from models.queries.papers.paper_texts import paper_texts
from models.queries.set_up.rounds import area_dates, round_line
from models.schema.base import ERASED
from models.session import Session
from models.values.rounds import BEFORE_MEETING, AreaDates, RoundLine
from models.values.rows import ApplicationRow
from scoring.counted import counted, first_of, listed, noun
from scoring.refused import Refused
from scoring.round import Eligibility
from scoring.written.days import exact_clock, full_day

NO_DAY = (
    "{} no day by which applicants hear. Say it under “Words of the call…”, or with the "
    'command: words RECORD call --round NAME --set "hear_by=DAY".'
)


OVER = (
    "The call names {} as the day by which applicants hear, which is over, so the letters name none. Say a "
    "new one under “Words of the call…”."
)


class _Known(Struct, frozen=True):
    """All that acknowledgements are written from."""

    dates: Mapping[str, AreaDates]
    is_one_area: bool
    has_checks: bool
    marking: frozenset[str]
    marked: frozenset[str]
    hear_by: date | None
    today: date

    @property
    def is_over(self) -> bool:
        """Whether the day by which applicants were to hear is over."""
        return self.hear_by is not None and self.hear_by < self.today


def acknowledgements(session: Session, order: PaperOrder) -> Letters:
    """Return a letter for each application of a round or an area until anything is decided there.

    One that is withdrawn, or was found late or not eligible, has a letter of its own on that.
    """
    assert order.round_id is not None, "letters are of a round"
    line, came = round_line(session, order.round_id), intake(session, order.round_id, OFFICE_VIEWER)
    decided = _decided(session, order.round_id, came)
    known = _Known(
        dates=area_dates(session, order.round_id),
        is_one_area=len(line.areas) == 1,
        has_checks=bool(came.gates),
        marking=frozenset(area.name for area in line.areas if area.stage != "intake"),
        marked=frozenset(_marked(line)),
        hear_by=paper_texts(session, order.round_id, "call").day("hear_by"),
        today=order.today,
    )
    here = [one for one in _taken_in(line, came, decided) if order.area in (None, one.row.area)]
    told = sorted((_letter(one, known) for one in here if not _is_apart(one)), key=by_reference)
    if not told:
        raise Refused(" ".join(_why_none(line, decided, here, order.area)))
    found = headed(session, order, (), told, is_of_intake=True)
    return replace(found, gaps=tuple(_gaps(here, known)))


def _taken_in(line: RoundLine, came: Intake, decided: Collection[str | None]) -> Iterator[IntakeLine]:
    """Yield the applications of areas in which nothing is decided yet, and of no area."""
    for one in came.lines:
        if not line.is_direct and one.row.area not in decided and one.row.organisation != ERASED:
            yield one


def _decided(session: Session, round_id: int, came: Intake) -> frozenset[str | None]:
    """Return the areas whose applicants hear next what was decided."""
    decided = final_decisions(decisions(session, round_id))
    return frozenset(one.row.area for one in came.lines if one.row.reference in decided)


def _marked(line: RoundLine) -> Iterator[str]:
    """Yield the areas whose panel has marked: it met, or its marks were loaded."""
    for area in line.areas:
        if area.stage not in BEFORE_MEETING or (area.stage == "intake" and area.was_scored):
            yield area.name


def _why_none(
    line: RoundLine, decided: Collection[str | None], here: Collection[IntakeLine], area: str | None
) -> Iterator[str]:
    """Yield why nothing is to be acknowledged, and what is written in its place."""
    past = [one.name for one in line.areas if one.name in decided and area in (None, one.name)]
    if line.is_direct:
        yield "Nobody applied for an award without a competition, so there is nothing to acknowledge."
    elif here:
        yield "Each application there is late, not eligible or withdrawn, as its letter to applicants says."
    elif past:
        yield f"{listed(past)} {noun(len(past), 'is', 'are')} past that: it is decided there."
        yield "“Letters to applicants” tell what was decided (export … letters)."
    else:
        yield "No application came there yet, so there is none to acknowledge."


def _is_apart(one: IntakeLine) -> bool:
    is_late = bool(one.late) and not one.let_in
    return one.row.withdrawn or is_late or one.row.eligibility is Eligibility.NO


def _letter(one: IntakeLine, known: _Known) -> Letter:
    row, dates = one.row, known.dates.get(one.row.area or "", AreaDates())
    on = known.today if row.received_at is None else row.received_at.date()
    return replace(
        letter_to(row, RECEIVED, on),
        asked_was="; ".join(of.beside_amount for of in one.corrections if of.field == "requested_pence"),
        came=_came(row, dates, known, is_late=bool(one.late)),
        answer_by=None if known.is_over else known.hear_by,
    )


def _came(row: ApplicationRow, dates: AreaDates, known: _Known, *, is_late: bool) -> Came:
    """Return when an application came, as far as that is known, and what is done with it next."""
    at = row.received_at
    meets, closes = dates.meets_on, dates.closes_on
    return Came(
        on=None if at is None else at.date(),
        at=exact_clock(at) if at is not None and row.received_has_time else "",
        area="" if known.is_one_area else row.area or "",
        closes_on=closes,
        closes_at=dates.closes_time or "",
        is_over=closes is not None and closes < known.today,
        is_late=is_late,
        is_marked=row.area in known.marked,
        is_checked=known.has_checks and row.area not in known.marking,
        meets_on=meets if meets is not None and meets >= known.today else None,
    )


def unnamed_day_words(session: Session, order: PaperOrder) -> str:
    """Return that a call names no day by which applicants hear, "" where it does."""
    assert order.round_id is not None, "a call is of a round"
    named = paper_texts(session, order.round_id, "call").day("hear_by")
    return NO_DAY.format("The call names") if named is None else ""


def _gaps(here: list[IntakeLine], known: _Known) -> Iterator[str]:
    """Yield which applications have another letter, and that no day is named by which applicants hear."""
    apart = [f"{one.row.reference} {one.row.organisation}" for one in here if _is_apart(one)]
    if apart:
        has = counted(len(apart), "application has", "applications have")
        why = "late, not eligible or withdrawn"
        yield f"{has} another letter, being {why}: {first_of(apart, MOST_NAMED)}."
    if known.hear_by is not None and known.is_over and len(apart) < len(here):
        yield OVER.format(full_day(known.hear_by))
    if known.hear_by is None and len(apart) < len(here):
        yield NO_DAY.format("The letters name")
