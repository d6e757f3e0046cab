"""What went before an application: the others of its organisation, here and in earlier rounds."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Select, func, select

from models.queries.applications.applications import corrections_everywhere
from models.schema.applications import application_table
from models.schema.awards import award_table, return_table
from models.schema.deciding import decision_table, recommendation_table, sign_off_table
from models.schema.set_up import financial_year_table, round_table
from models.session import Session
from models.store.parts import part
from scoring.money import short_pounds


@part
def _decided_before(session: Session, round_id: int) -> Mapping[tuple[int, str], str]:
    """Return what became of each application that is decided, by its round and reference.

    It is "awarded £4,999.99 (A-014-05), £600 of it came back": what an award comes to today, as varied.
    """
    of, award, returned = application_table.c, award_table.c, return_table.c
    back = select(returned.application_id, func.sum(returned.amount_pence).label("pence"))
    came_back = back.group_by(returned.application_id).subquery()
    rows = session.execute(
        select(of.round_id, of.reference, of.withdrawn, award.reference, award.amount_pence)
        .add_columns(came_back.c.pence)
        .outerjoin(award_table, award.application_id == of.id)
        .outerjoin(came_back, came_back.c.application_id == of.id)
        .where(of.organisation_id.in_(select(of.organisation_id).where(of.round_id == round_id)))
        .where(of.id.in_(final_lines()))
    )
    found = dict[tuple[int, str], str]()
    for number, reference, is_withdrawn, made, pence, returned_pence in rows:
        words = "nothing awarded" if made is None else f"awarded {short_pounds(pence)} ({made})"
        back_words = f", {short_pounds(returned_pence)} of it came back" if returned_pence else ""
        gone = ", withdrawn since" if is_withdrawn else ""
        found[number, reference] = f"{words}{back_words}{gone}"
    return found


def final_lines() -> Select[int]:
    """Return the question which applications, by number, are decided by a decision that stands."""
    line, step = decision_table.c, sign_off_table.c
    return (
        select(line.application_id)
        .join(sign_off_table, step.id == line.sign_off_id)
        .where(step.is_last, line.ended_by.is_(None), line.verdict != "send_back")
    )


class Earlier(Struct, frozen=True):
    """Another application of the same organisation; `funded_pence` is None where nothing was recommended.

    `decided` is what was decided on it, in words, "" before that. It `came_on` a day and was recommended on
    by `advised_on`, None where that is not known.
    """

    fund: str
    year: str
    round: str
    reference: str
    project: str
    requested_pence: int
    outcome: str
    funded_pence: int | None
    is_this_round: bool
    round_id: int = 0
    is_withdrawn: bool = False
    decided: str = ""
    came_on: date | None = None
    advised_on: date | None = None


class Before(Struct, frozen=True):
    """What went before for one organisation, its names joined.

    `funded_pence` is all that was recommended earlier; `year_pence` is what other rounds of this fund and
    year recommended with what is asked in this round, to be held against `cap_pence`, None without a cap.
    """

    earlier: tuple[Earlier, ...] = ()
    funded_pence: int = 0
    year_pence: int = 0
    cap_pence: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether the year's sum is over what one organisation may have."""
        return self.cap_pence is not None and self.year_pence > self.cap_pence


def went_before(session: Session, round_id: int, cap_pence: int | None) -> dict[str, Before]:
    """Return what went before, by reference, for the organisations of this round.

    `cap_pence` is what one organisation may have in a year, None without a cap.
    """
    by_organisation: dict[int, list[_Known]] = defaultdict(list)
    for organisation, known in _of_the_same_organisations(session, round_id):
        by_organisation[organisation].append(known)
    return {
        one.line.reference: _before_one(one, of_one, cap_pence)
        for of_one in by_organisation.values()
        for one in of_one
        if one.line.is_this_round
    }


class _Known(NamedTuple):
    """An application of an organisation; `is_this_year` says whether it counts towards the year's sum."""

    line: Earlier
    is_this_year: bool


def _of_the_same_organisations(session: Session, round_id: int) -> Iterator[tuple[int, _Known]]:
    """Yield every application of the organisations that apply in this round, the newest first."""
    table, recommended = application_table, recommendation_table
    here = select(table.c.organisation_id).where(table.c.round_id == round_id)
    this = round_table.alias()
    same_year = (round_table.c.fund_id == this.c.fund_id) & (round_table.c.year_id == this.c.year_id)
    rows = session.execute(
        select(table.c.organisation_id, table.c.round_id, table.c.withdrawn, same_year.label("same_year"))
        .add_columns(round_table.c.fund_name, financial_year_table.c.label.label("year"), round_table.c.name)
        .add_columns(table.c.id, table.c.reference, table.c.project, table.c.requested_pence)
        .add_columns(recommended.c.outcome, recommended.c.amount_pence)
        .add_columns(recommended.c.recorded_at, table.c.received_at)
        .join(round_table, round_table.c.id == table.c.round_id)
        .join(this, this.c.id == round_id)
        .join(financial_year_table, financial_year_table.c.id == round_table.c.year_id)
        .outerjoin(recommended, recommended.c.application_id == table.c.id)
        .where(table.c.organisation_id.in_(here))
        .order_by(financial_year_table.c.label.desc(), round_table.c.id.desc(), table.c.position)
    )
    decided = _decided_before(session, round_id)
    corrected = corrections_everywhere(session, ("project", "requested_pence", "received_at"))
    for row in rows:
        now = corrected.get(row.id, {})
        received_at = now.get("received_at", row.received_at)
        line = Earlier(
            fund=row.fund_name,
            year=row.year,
            round=row.name,
            reference=row.reference,
            project=now.get("project", row.project),
            requested_pence=now.get("requested_pence", row.requested_pence),
            outcome=row.outcome or "",
            funded_pence=row.amount_pence,
            is_this_round=row.round_id == round_id,
            round_id=row.round_id,
            is_withdrawn=row.withdrawn,
            decided=decided.get((row.round_id, row.reference), ""),
            came_on=received_at.date() if received_at else None,
            advised_on=row.recorded_at.date() if row.recorded_at else None,
        )
        yield row.organisation_id, _Known(line, bool(row.same_year) and not row.withdrawn)


def _before_one(one: _Known, of_one: Sequence[_Known], cap_pence: int | None) -> Before:
    lines = [known.line for known in of_one]
    funded = sum(line.funded_pence or 0 for line in lines if not line.is_this_round)
    year = sum(
        known.line.requested_pence if known.line.is_this_round else known.line.funded_pence or 0
        for known in of_one
        if known.is_this_year
    )
    return Before(tuple(line for line in lines if line is not one.line), funded, year, cap_pence)
