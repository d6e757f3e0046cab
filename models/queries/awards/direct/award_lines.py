"""Every award of the record in one list, those without a competition also while they are proposed."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from models.queries.applications.applications import applications
from models.queries.awards.agreements.issued import with_agreements
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.direct.direct_awards import direct_awards
from models.queries.deciding.decisions import chain_of, decisions, signatures
from models.queries.deciding.progress import NOT_BEGUN, Waits, progress_by_line
from models.queries.set_up.rounds import rounds
from models.session import Session
from models.values.direct_award import DirectAward
from models.values.round_line import RoundLine
from models.values.rows import ApplicationRow
from scoring.counted import listed

PROPOSED, SENT_BACK, WITHDRAWN, AWARDED = "proposed", "sent back", "withdrawn", "awarded"
"""The states of an award."""


class AwardLine(Struct, frozen=True):
    """An award, or one that is proposed without a competition.

    `direct` is how it came about where nobody competed, None after a competition. `row` is the award, None
    before it is decided. `waits` is the step whose turn it is, None where it is nobody's. One that
    `is_untouched` was signed by nobody of the chain.
    """

    round: RoundLine
    application: ApplicationRow
    state: str
    direct: DirectAward | None = None
    row: AwardRow | None = None
    waits: Waits | None = None
    is_untouched: bool = False

    @property
    def reference(self) -> str:
        """Return the award's reference, its application's before it is decided."""
        return self.application.reference if self.row is None else self.row.reference

    @property
    def recipient(self) -> str:
        """Return who gets it, under the name of today."""
        return self.application.organisation if self.row is None else self.row.organisation

    @property
    def start_on(self) -> date | None:
        """Return the first day of its project, as varied."""
        varied = None if self.row is None else self.row.terms.start_on
        return varied or self.application.start_on

    @property
    def end_on(self) -> date | None:
        """Return the last day of its project, as varied."""
        varied = None if self.row is None else self.row.terms.end_on
        return varied or self.application.end_on

    @property
    def amount_pence(self) -> int:
        """Return what is awarded, or proposed."""
        return self.application.requested_pence if self.row is None else self.row.amount_pence

    @property
    def state_words(self) -> str:
        """Return the state in words, with who signs next."""
        return self.state if self.waits is None else f"{self.state}, waits for the {listed(self.waits.posts)}"

    @property
    def break_on(self) -> date | None:
        """Return the day on which its contract may be ended."""
        return None if self.direct is None else self.direct.break_on


def award_lines(session: Session) -> tuple[AwardLine, ...]:
    """Return every award in the order of the record's rounds, then of their applications."""
    return tuple(line for of in rounds(session) for line in _lines_of(session, of))


def award_lines_of(session: Session, round_id: int) -> tuple[AwardLine, ...]:
    """Return the awards of one round."""
    return tuple(line for of in rounds(session) if of.round_id == round_id for line in _lines_of(session, of))


def _lines_of(session: Session, of: RoundLine) -> Iterator[AwardLine]:
    held = {
        row.application: row for row in with_agreements(session, of.round_id, awards(session, of.round_id))
    }
    direct = direct_awards(session, of.round_id) if of.is_direct else {}
    states = _States(session, of.round_id) if direct else None
    for row in applications(session, of.round_id):
        if row.reference in direct and states is not None:
            state, waits = states.of(row)
            award = held.get(row.reference)
            untouched = not states.has_signatures(row.reference)
            yield AwardLine(of, row, state, direct[row.reference], award, waits, untouched)
        elif row.reference in held:
            state = WITHDRAWN if row.withdrawn else AWARDED
            yield AwardLine(of, row, state, row=held[row.reference])


class _States:
    """How far each award of a round without a competition is."""

    def __init__(self, session: Session, round_id: int) -> None:
        self._chain = chain_of(session, round_id)
        self._along = progress_by_line(decisions(session, round_id))
        self._signed = {row.application for row in signatures(session, round_id)}

    def has_signatures(self, reference: str) -> bool:
        """Whether somebody of the chain signed it."""
        return reference in self._along

    def of(self, row: ApplicationRow) -> tuple[str, Waits | None]:
        """Return the state of an award, and whose turn it is."""
        held = self._along.get(row.reference, NOT_BEGUN)
        if row.withdrawn:
            return WITHDRAWN, None
        if held.final is None and row.reference not in self._signed:
            return SENT_BACK, None
        pence = row.requested_pence if held.last is None else held.last.amount_pence
        state = PROPOSED if held.final is None else AWARDED
        return state, held.waits(self._chain, pence)
