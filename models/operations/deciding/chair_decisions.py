"""The chair's word on a tie, and on an application below a minimum.

Where the chair has an interest it is the word of the member whom the others name, put down by an officer.
"""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from models.operation import Outcome
from models.operations.operation_base import (
    SAID_IN_PLACE,
    InRound,
    OnApplication,
    RuledInPlace,
    check_stated,
    the_application,
)
from models.operations.panel.meetings import require_undecided
from models.operations.rows.write_applications import application_ids
from models.operations.rows.write_panel import put_chair_decisions
from models.permissions.viewing import on_one_list
from models.queries.applications.applications import applications
from models.queries.deciding.decided_anew import ranked
from models.queries.panel.area_panels import area_panels
from models.queries.panel.panel import chair_decisions, interests, rules_in_place
from models.queries.set_up.round_facts import round_rows
from models.schema.panel import chair_decision_table
from models.session import Session, remove
from models.store.locks.signing_on import with_figures
from models.values.rows import ChairDecisionRow, RoundRows, scored_round
from scoring.allocating.allocation import same_place
from scoring.rank import recalculated
from scoring.round import ChairDecisionKind
from scoring.written.text import Refused, listed


class DecideException(RuledInPlace, OnApplication, frozen=True):
    """Let an application below a minimum be considered, with a reason; "" takes it back. The chair's.

    It changes neither order nor money. `replacing` is the reason that stood there, and `in_place` the code of
    the member who ruled in the chair's place.
    """

    kind = "decide exception"
    titled = "{0.reason:Make|Take back} an exception for {0.application}"
    reason: str
    replacing: str
    in_place: str = ""

    def apply(self, session: Session) -> Outcome:
        """Record it; refused where the application is not below a minimum."""
        self.its_number(session)
        require_undecided(session, self.round_id, self.application)
        before = _standing_rows(session, self.round_id, (self.application,), ChairDecisionKind.EXCEPTION)
        self.refuse_stale(before[0].reason if before else "", f"The exception for {self.application}")
        self._check(session)
        require_named(session, self.round_id, (self.application,), self.in_place)
        _take_out(session, self.round_id, (self.application,), ChairDecisionKind.EXCEPTION)
        row = ChairDecisionRow(
            self.application, ChairDecisionKind.EXCEPTION, None, self.reason, self.in_place
        )
        put_chair_decisions(session, application_ids(session, self.round_id), [row] if self.reason else [])
        return self.done_exchanging("reason")

    def _check(self, session: Session) -> None:
        if not self.reason:
            return
        check_stated(self.reason, f"Say why an exception is made for {self.application}.")
        standings = ranked(session, self.round_id).standings
        if not any(s.reference == self.application and s.below_threshold for s in standings):
            raise Refused(f"{self.application} is not below a minimum, so it needs no exception.")


class DecideTie(RuledInPlace, InRound, frozen=True):
    """Put applications that share a place in order, the first first, with a reason. The chair's.

    A chair with an interest in anything on the list rules on none of its ties: which share a place, and
    whether what is closed is among them, would tell where that stands.

    `in_place` is the code of the member who ruled in the chair's place. One that `is_back` puts the decisions
    on them back as they were: `rows`.
    """

    kind = "decide tie"
    titled = "{0.is_back:Put|Decide} the tie of {0.order:named}{0.is_back: back|}"
    told = "{0.is_back:Put the tie of {0.order:named} back|{1} put {0.order:named} in this order}."
    order: tuple[str, ...]
    reason: str
    in_place: str = ""
    rows: tuple[ChairDecisionRow, ...] = ()
    is_back: bool = False

    def apply(self, session: Session) -> Outcome:
        """Put the order down; refused where they are not exactly those that share a place."""
        for reference in self.order:
            the_application(session, self.round_id, reference)
            require_undecided(session, self.round_id, reference)
        if any(
            row.kind is not ChairDecisionKind.TIE or row.application not in self.order for row in self.rows
        ):
            raise Refused("Only what was decided on this tie is put back. Take back an exception by itself.")
        kept = _standing_rows(session, self.round_id, self.order, ChairDecisionKind.TIE)
        if not self.is_back:
            self._check(session, kept)
        with with_figures(session, self.round_id):
            beside = on_one_list(round_rows(session, self.round_id), self.order)
        who = require_named(session, self.round_id, self.order, self.in_place, beside)
        _take_out(session, self.round_id, self.order, ChairDecisionKind.TIE)
        rows = (
            ChairDecisionRow(reference, ChairDecisionKind.TIE, place, self.reason, self.in_place)
            for place, reference in enumerate(self.order, start=1)
        )
        put_chair_decisions(
            session,
            application_ids(session, self.round_id),
            self.rows if self.is_back else tuple(rows),
        )
        return self.done(replace(self, rows=kept, is_back=True), who)

    def _check(self, session: Session, kept: Sequence[ChairDecisionRow]) -> None:
        """Refuse it without a reason, and where others share the place but for what is `kept` of it."""
        check_stated(self.reason, "Say why the chair puts them in this order.")
        with with_figures(session, self.round_id, to_rank=True):
            rows = round_rows(session, self.round_id)
        undecided = tuple(row for row in rows.chair_decisions if row not in kept)
        ranking = recalculated(scored_round(replace(rows, chair_decisions=undecided)))
        first = (one for one in ranking.standings if one.tied and one.reference in self.order[:1])
        tied = [one.reference for own in first for one in same_place(ranking, own)]
        if not tied or sorted(tied) != sorted(self.order):
            with_first = f"{', '.join(tied)} share a place" if tied else "they do not share a place"
            raise Refused(f"A tie is decided among all that share a place: {with_first}.")


def refuse_unruled(rows: RoundRows, before: RoundRows | None = None) -> None:
    """Refuse a workbook's rulings on what the chair has an interest in that name nobody in the chair's place.

    What a record had `before` stays as it is.
    """
    known = () if before is None else before.chair_decisions
    for one in rows.chair_decisions:
        may = rules_in_place(rows.members, rows.interests, (one.application,))
        if may and not one.ruled_by and one not in known:
            raise Refused(
                f"The chair has an interest in {one.application} and does not rule on it. Name the member "
                "whom the others named under Ruled by on the sheet Chair decisions: "
                f"{listed([row.code for row in may], 'or')}."
            )
    aside = () if before is None else before.not_applicable
    for row in rows.not_applicable:
        named = rules_in_place(rows.members, rows.interests, (row.application,))
        if named and row not in aside and SAID_IN_PLACE not in row.reason:
            raise Refused(
                f"The chair has an interest in {row.application} and does not set {row.criterion} aside. Say "
                f"in the reason who did: “({SAID_IN_PLACE} {named[0].name})”."
            )


def require_named(
    session: Session, round_id: int, references: Sequence[str], in_place: str, beside: Collection[str] = ()
) -> str:
    """Return who rules on applications, in words; refused where not the member who is said to.

    An interest of the chair in one `beside` them counts as well.
    """
    who = _ruler(session, round_id, references, in_place, beside)
    return f"In the chair’s place {who}" if who else "The chair"


def with_ruler(session: Session, round_id: int, reference: str, in_place: str, reason: str) -> str:
    """Return a reason that says who gave it in the chair's place; refused as `require_named` does."""
    who = _ruler(session, round_id, (reference,), in_place, ())
    said = f" ({SAID_IN_PLACE} {who})" if who and reason else ""
    return f"{reason.removesuffix(said)}{said}"


def _ruler(
    session: Session, round_id: int, references: Sequence[str], in_place: str, beside: Collection[str]
) -> str:
    """Return the name of the member who rules in the chair's place, "" where the chair rules."""
    if not in_place:
        return ""
    areas = (row.area for row in applications(session, round_id) if row.reference in references)
    panel = area_panels(session, round_id).over(areas)
    may = rules_in_place(panel, interests(session, round_id), references, beside)
    found = next((row.name for row in may if row.code == in_place), "")
    if not found:
        named = listed([row.name for row in may], "or") or "the chair"
        raise Refused(f"{in_place} does not rule on {listed(references)}: that is for {named}.")
    return found


def _standing_rows(
    session: Session, round_id: int, references: Sequence[str], kind: ChairDecisionKind
) -> tuple[ChairDecisionRow, ...]:
    rows = chair_decisions(session, round_id)
    return tuple(row for row in rows if row.kind is kind and row.application in references)


def _take_out(session: Session, round_id: int, references: Sequence[str], kind: ChairDecisionKind) -> None:
    numbers = application_ids(session, round_id)
    chosen = [numbers[reference] for reference in references]
    remove(session, chair_decision_table, kind=kind.value, application_id=chosen)
