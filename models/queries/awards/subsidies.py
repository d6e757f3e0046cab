"""What awards are under subsidy control, and what a recipient has had in the years that count."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from models.queries.applications.applications import entered
from models.queries.awards.award_rows import AwardRow
from models.queries.rows import columns_of
from models.reference.clauses import SubsidyLimit, limit_on
from models.reference.reporting import year_of
from models.schema.applications import application_table
from models.schema.awards import award_table
from models.schema.deciding import decision_table, sign_off_table
from models.schema.monitoring import award_subsidy_table
from models.session import Session
from models.store.parts import part
from models.values.awards import MINIMAL, NONE, Subsidy
from scoring.money import pounds
from scoring.written.days import full_day

_SUBSIDIES = select(award_subsidy_table.c.application_id, *columns_of(Subsidy, award_subsidy_table))


class MinimalTotal(Struct, frozen=True):
    """Minimal financial assistance of a recipient in a financial year and the two before it, in pence.

    `ours_pence` is what this office gave beside the award, `declared_pence` what the recipient declared.
    """

    award_pence: int
    ours_pence: int
    declared_pence: int
    limit: SubsidyLimit

    @property
    def total_pence(self) -> int:
        """Return all of it, the award included."""
        return self.award_pence + self.ours_pence + self.declared_pence

    @property
    def over_pence(self) -> int:
        """Return how far it is above the limit, 0 where it is not."""
        return max(self.total_pence - self.limit.minimal_pence, 0)

    @property
    def words(self) -> str:
        """Return the running total in a sentence."""
        return (
            f"{pounds(self.total_pence)} of {pounds(self.limit.minimal_pence)} in this and the two earlier "
            f"financial years: this award {pounds(self.award_pence)}, others from us "
            f"{pounds(self.ours_pence)}, declared from others {pounds(self.declared_pence)}."
        )


@part
def subsidies(session: Session) -> Mapping[int, Subsidy]:
    """Return what is recorded, by the application's number."""
    return {row[0]: Subsidy(*row[1:]) for row in session.execute(_SUBSIDIES)}


def award_total(session: Session, round_id: int, application: str, declared_pence: int) -> MinimalTotal:
    """Return the same of an award by its round and its application's reference."""
    return minimal_total(session, entered(session, round_id)[application].number, declared_pence)


def minimal_total(session: Session, application_id: int, declared_pence: int = 0) -> MinimalTotal:
    """Return what an award's recipient has had with it; other awards count that are minimal assistance."""
    rows = _given(session)
    own = next(row for row in rows if row.application_id == application_id)
    others = [row for row in rows if row.application_id != application_id]
    ours = _minimal_in(others, own.organisation_id, own.signed_on)
    return MinimalTotal(own.amount_pence, ours, declared_pence, limit_on(own.signed_on))


def given_as_minimal(session: Session, organisation_id: int, day: date) -> int:
    """Return what an organisation was given as minimal assistance in a day's three years, in pence."""
    return _minimal_in(_given(session), organisation_id, day)


def _given(session: Session) -> Sequence[Any]:
    """Return every award with its recipient, its amount, when it was decided, and what it is."""
    application, award, subsidy = application_table, award_table, award_subsidy_table
    signing, decided = sign_off_table, decision_table
    return session.execute(
        select(
            award.c.application_id,
            application.c.organisation_id,
            award.c.amount_pence,
            signing.c.signed_on,
            subsidy.c.kind,
        )
        .join(application, application.c.id == award.c.application_id)
        .join(decided, decided.c.id == award.c.decision_id)
        .join(signing, signing.c.id == decided.c.sign_off_id)
        .outerjoin(subsidy, subsidy.c.application_id == award.c.application_id)
    ).all()


def _minimal_in(rows: Iterable[Any], organisation_id: int, day: date) -> int:
    years = three_years(day)
    return sum(
        row.amount_pence
        for row in rows
        if row.organisation_id == organisation_id and row.kind == MINIMAL and year_of(row.signed_on) in years
    )


def three_years(day: date) -> frozenset[str]:
    """Return the financial year of a day and the two before it."""
    return frozenset(year_of(date(day.year - before, day.month, min(day.day, 28))) for before in range(3))


def subsidy_words(session: Session, round_id: int, award: AwardRow) -> str:
    """Return what an award is under subsidy control, "" where nothing is recorded."""
    subsidy = award.subsidy
    if subsidy is None:
        return ""
    if subsidy.kind == NONE:
        return f"This grant is not a subsidy under the Subsidy Control Act 2022: {subsidy.reason.strip()}"
    if subsidy.kind != MINIMAL:
        return (
            "This grant is a subsidy under the Subsidy Control Act 2022. It was assessed against the "
            f"subsidy control principles: {subsidy.reason.strip()}"
        )
    total = award_total(session, round_id, award.application, subsidy.declared_pence or 0)
    said = [
        f"This grant is minimal financial assistance of {pounds(award.amount_pence)} under section 36 of the "
        "Subsidy Control Act 2022.",
        f"You may have up to {pounds(total.limit.minimal_pence)} of it from all public bodies in this and "
        f"the two earlier financial years; with this grant it comes to {pounds(total.total_pence)}.",
    ]
    if subsidy.confirmed_on is not None:
        said.append(
            f"{subsidy.confirmed_by} confirmed in writing on {full_day(subsidy.confirmed_on)} that this is "
            "within the limit."
        )
    said.append("Keep a written record of it for three years.")
    return " ".join(said)
