"""What is kept until when: the clock of each application, what is due to go, holds and disposals."""

from datetime import date

from msgspec import Struct
from sqlalchemy import select

from models.queries.applications.applications import applications, entered
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import decisions, final_decisions
from models.queries.deciding.settled import settled_of
from models.queries.set_up.funds import round_rules
from models.queries.set_up.rounds import round_line
from models.reference.reporting import year_ends_on
from models.schema.applications import disposal_table, hold_table, retention_table
from models.schema.set_up import round_table
from models.session import Session, pairs_of, row_at
from models.values.rows import by_application
from scoring.written.days import short_day
from scoring.written.text import counted


class Years(Struct, frozen=True):
    """For how many years applications are kept.

    Awarded ones from the end of the grant, or where none is known from the close of the round's year; others
    from the day on which they were decided. What waits for no decision, as it was withdrawn or not let in, is
    kept from the close of that year.
    """

    awarded: int = 6
    declined: int = 2

    @property
    def awarded_words(self) -> str:
        """Return the years of an awarded application in words: "6 years", "1 year"."""
        return counted(self.awarded, "year")

    @property
    def declined_words(self) -> str:
        return counted(self.declined, "year")


DEFAULT = Years()


class Keeping(Struct, frozen=True):
    """How long one application is kept; `until` is None while it waits for its decision.

    `held_for` is why it is kept longer, "" when it is not held; `erased` when and on what ground it went.
    `last_four` are the last digits of its account, "" without one. `is_removed` says that it is not in its
    round any more, and that the journal alone tells of it.
    """

    round_id: int
    reference: str
    organisation: str
    why: str
    until: date | None
    held_for: str = ""
    erased: str = ""
    account_is_done: bool = False
    last_four: str = ""
    is_removed: bool = False

    def is_due(self, today: date) -> bool:
        return not self.held_for and not self.erased and self.until is not None and self.until < today

    def is_account_due(self) -> bool:
        """Whether its bank details are to go, everything being paid and evidenced."""
        return self.account_is_done and not self.held_for


def years(session: Session, round_id: int) -> Years:
    """Return for how many years a round's applications are kept."""
    found = row_at(session, retention_table, round_id)
    if found is None:
        return usual_years(session, round_id)
    return Years(found.awarded_years, found.declined_years)


def usual_years(session: Session, round_id: int) -> Years:
    """Return the years for which the round's fund keeps applications; the usual ones of a round that went."""
    if row_at(session, round_table, round_id) is None:
        return DEFAULT
    rules = round_rules(session, round_id)
    return Years(rules.keep_awarded_years, rules.keep_declined_years)


def held_for(session: Session, application_id: int) -> str:
    """Return why an application is held, "" when it is not."""
    found = row_at(session, hold_table, application_id)
    return "" if found is None else found.reason


def kept_applications(session: Session, round_id: int) -> tuple[Keeping, ...]:
    """Return how long each application of a round is kept, in order of references."""
    found = []
    line, clock = round_line(session, round_id), years(session, round_id)
    ends, final = year_ends_on(line.year), final_decisions(decisions(session, round_id))
    made = by_application(awards(session, round_id))
    holds = pairs_of(session, hold_table.c.application_id, hold_table.c.reason)
    gone = {row.application_id: row for row in session.execute(select(disposal_table))}
    settled = settled_of(line, applications(session, round_id), ())
    numbers = entered(session, round_id)
    for row in sorted(applications(session, round_id), key=lambda one: one.reference):
        reference, number = row.reference, numbers[row.reference].number
        award = made.get(reference)
        on = final[reference].signed_on if reference in final else None
        why, until = _clock(award, on, ends, clock, is_settled=reference in settled)
        done = gone.get(number)
        bank = None if award is None else award.bank
        kept = Keeping(
            *(round_id, reference, row.organisation, why, until, holds.get(number, "")),
            erased="" if done is None else f"{short_day(done.erased_at)}, {done.ground}",
            account_is_done=award is not None and bank is not None and is_done(award),
            last_four="" if bank is None else bank.last_four,
        )
        found.append(kept)
    return tuple(found)


def _clock(
    award: AwardRow | None, on: date | None, ends: date | None, clock: Years, *, is_settled: bool
) -> tuple[str, date | None]:
    if award is not None:
        grant_ends = award.days[1]
        start = grant_ends or ends or on
        until = None if start is None else years_later(start, clock.awarded)
        return f"awarded: {clock.awarded_words} after {'it ends' if grant_ends else 'its year closes'}", until
    if on is None and is_settled and ends is not None:
        words = f"not decided on: {clock.declined_words} after its year closes"
        return words, years_later(ends, clock.declined)
    if on is None:
        return "not decided", None
    return f"not awarded: {clock.declined_words} after its decision", years_later(on, clock.declined)


def is_done(award: AwardRow) -> bool:
    """Whether all of an award is paid and every proof that was waited for came in."""
    parts = award.instalments
    return bool(parts) and all(p.paid_on and (p.proof_on or not p.needs_proof) for p in parts)


def years_later(day: date, many: int) -> date:
    """Return the same day that many years later; for 29 February the 28th."""
    try:
        return day.replace(year=day.year + many)
    except ValueError:
        return day.replace(year=day.year + many, day=28)
