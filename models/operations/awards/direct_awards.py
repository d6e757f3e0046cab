"""Proposing an award without a competition to its fund's chain, changing the proposal, and taking it back."""

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.awards.authorities import (
    AllowOverPot,
    allowed_words,
    authority_words,
    record_allowed,
    recorded_with,
    year_allowed_pence,
)
from models.operations.awards.direct_rows import (
    Stood,
    add_area,
    change_application,
    key_of,
    put_application,
    put_changed,
    put_proposal,
    remove_if_empty,
    remove_proposal,
    remove_unused_area,
    require_its_recipient,
    require_left_beside_others,
    sound_award,
    the_direct_round,
    what_stood,
)
from models.operations.operation_base import (
    DIRECT,
    OnApplication,
    RegisteredOperation,
    check_stated,
    require_confirmed,
    require_round,
)
from models.operations.rows.write_applications import application_ids, number_shared_words
from models.operations.rows.write_round import remove_applications
from models.queries.awards.budget import budget_key
from models.queries.awards.direct_awards import direct_awards
from models.queries.deciding.award_gate import DirectGate, direct_gate
from models.queries.deciding.challenges import challenged_in
from models.queries.deciding.decisions import NOT_BEGUN, Progress, decisions, progress_by_line
from models.queries.set_up.funds import fund_named
from models.queries.set_up.rounds import round_line
from models.schema.applications import application_table
from models.schema.personal import TextAbout
from models.session import Session, selection
from models.trouble import refuse, required
from models.values.direct_award import DIRECT_ROUND, ROUTE_WORDS, DirectAward
from models.values.rounds import RoundKey
from scoring.allocating.gate import Beyond, Concern, Doubt
from scoring.money import pounds
from scoring.written.text import Refused


class AddDirectAward(RegisteredOperation, frozen=True):
    """Propose an award without a competition: it goes to the fund's chain at once.

    The fund's `round` of the year that holds such awards is made with the first. `application` is the
    reference that its application gets. `stood` puts back one that was changed before it was removed.
    """

    kind = "add direct award"
    titled = "Add {0.application} as an award without a competition"
    round: RoundKey
    application: str
    award: DirectAward
    confirmed: tuple[str, ...] = ()
    allowed: tuple[AllowOverPot, ...] = ()
    stood: Stood | None = None

    @property
    def detail(self) -> str:
        return authority_words(self.allowed)

    def check_at_entry(self, session: Session) -> None:
        """Refuse more than the other proposals leave, one among them that another officer just made.

        And a sum with something still to be confirmed.
        """
        key = key_of(session, self.round.fund, self.round.year)
        require_left_beside_others(session, key, self.award, "", year_allowed_pence(self.allowed))
        require_confirmed(self.doubts(session), self.confirmed)

    def doubts(self, session: Session) -> tuple[Doubt, ...]:
        """Return what of the sum is to be confirmed."""
        return self._gate(session).doubts(self.award)

    def beyond(self, session: Session) -> tuple[Beyond, ...]:
        """Return whether it passes its area's money by what nobody allows."""
        return self._gate(session).beyond(self.award)

    def _gate(self, session: Session) -> DirectGate:
        return direct_gate(session, key_of(session, self.round.fund, self.round.year), self.application)

    def apply(self, session: Session) -> Outcome:
        """Put it in; refused where it lacks something or takes more than its year has left."""
        key = key_of(session, self.round.fund, self.round.year)
        check_stated(self.application, "The award needs a reference, such as ACF-D26-001.")
        award = sound_award(session, key, self.award, year_allowed_pence(self.allowed))
        round_id = the_direct_round(session, key)
        require_round(session, round_id)
        is_new = add_area(session, round_id, award.area)
        record_allowed(session, [replace(one, round_id=round_id) for one in self.allowed])
        reference = self.application
        if reference in application_ids(session, round_id):
            raise Refused(f"{reference} is in use already. Choose another reference.")
        if self.stood is None:
            put_application(session, round_id, reference, award)
        else:
            put_changed(session, round_id, reference, award, self.stood)
        put_proposal(session, round_id, reference, award)
        inverse = RemoveDirectAward(round_id, reference, award.area if is_new else "")
        shared = number_shared_words(session, award.organisation, award.charity_number, award.company_number)
        return Outcome(inverse, f"{self._words(award)}{allowed_words(self.allowed)}{shared}")

    def _words(self, award: DirectAward) -> str:
        return (
            f"{self.application}: {ROUTE_WORDS[award.route].lower()}, {pounds(award.amount_pence)} to "
            f"{award.organisation}, is proposed. It waits for those who sign."
        )


class RemoveDirectAward(OnApplication, frozen=True):
    """Take a proposed award out that nobody signed yet, and its round with the last of them.

    `area` is the one that came with it, which goes with it too unless it is used; "" for none. What was
    allowed for it is taken back.
    """

    kind = "remove direct award"
    titled = "Remove the proposed award {0.application}"
    told = "The proposed award {0.application} was removed."
    area: str = ""

    def apply(self, session: Session) -> Outcome:
        """Take it out; refused once somebody of the chain signed it or sent it back."""
        award = the_direct_award(session, self.round_id, self.application)
        is_put = any(row.application == self.application for row in decisions(session, self.round_id))
        is_challenged = self.application in challenged_in(session, self.round_id)
        refuse(DIRECT.stays(self.application, is_put, is_challenged))
        line = round_line(session, self.round_id)
        key = direct_key(line.fund_code, line.year)
        given = record_allowed(session, recorded_with(session, self.round_id, (self.application,)))
        stood = what_stood(session, self.round_id, self.application, award)
        inverse = AddDirectAward(key, self.application, award, tuple(Concern), given, stood)
        remove_proposal(session, self.round_id, self.application)
        remove_applications(session, self.round_id, reference=[self.application])
        if not remove_if_empty(session, self.round_id):
            remove_unused_area(session, self.round_id, self.area)
        return self.done(inverse)


class ChangeDirectAward(OnApplication, frozen=True):
    """Change a proposed award that nobody has signed, or that was sent back, and put it before the chain.

    What was proposed first is kept beside. `replacing` is what stands. `area` came with the change that this
    takes back, and goes with it unless it is used; "" for none.
    """

    kind = "change direct award"
    titled = "Change the proposed award {0.application}"
    told = "{0.application} was changed. It waits for those who sign."
    award: DirectAward
    replacing: DirectAward
    reason: TextAbout = ""
    area: str = ""
    confirmed: tuple[str, ...] = ()
    allowed: tuple[AllowOverPot, ...] = ()

    @property
    def detail(self) -> str:
        return authority_words(self.allowed)

    def check_at_entry(self, session: Session) -> None:
        """Refuse what `AddDirectAward` refuses."""
        key, more = budget_key(session, self.round_id), year_allowed_pence(self.allowed)
        require_left_beside_others(session, key, self.award, self.application, more)
        require_confirmed(self.doubts(session), self.confirmed)

    def doubts(self, session: Session) -> tuple[Doubt, ...]:
        """Return what of the sum is to be confirmed."""
        return self._gate(session).doubts(self.award)

    def beyond(self, session: Session) -> tuple[Beyond, ...]:
        """Return whether it passes its area's money by what nobody allows."""
        return self._gate(session).beyond(self.award)

    def _gate(self, session: Session) -> DirectGate:
        return direct_gate(session, budget_key(session, self.round_id), self.application)

    def apply(self, session: Session) -> Outcome:
        """Change it; refused once it is signed, without a reason, or where something else stands by now."""
        stands = the_direct_award(session, self.round_id, self.application)
        self.refuse_stale(stands, self.application, then="change it")
        check_stated(self.reason, f"Say why {self.application} is changed.")
        _require_unsigned(session, self.round_id, self.application)
        more = year_allowed_pence([one for one in self.allowed if not one.is_back])
        own = self.round_id, (self.application,)
        award = sound_award(session, budget_key(session, self.round_id), self.award, more, own)
        is_new = add_area(session, self.round_id, award.area)
        given = record_allowed(session, self.allowed)
        change_application(session, self.round_id, self.application, award, self.reason)
        remove_proposal(session, self.round_id, self.application)
        put_proposal(session, self.round_id, self.application, award)
        remove_unused_area(session, self.round_id, self.area)
        came = award.area if is_new else ""
        said = {"area": came, "confirmed": tuple(Concern), "allowed": given}
        back = replace(self, award=stands, replacing=award, **said)
        return self.done(back, more=allowed_words(self.allowed))


def the_direct_award(session: Session, round_id: int, reference: str) -> DirectAward:
    """Return a proposed award as it stands; refused where it is none without a competition."""
    require_round(session, round_id)
    return required(
        direct_awards(session, round_id).get(reference),
        f"{reference} is not an award without a competition. Correct the reference.",
    )


def proposal_change(
    session: Session, fund: str, year: str, award: DirectAward, confirmed: tuple[str, ...] = ()
) -> AddDirectAward:
    """Return the change that proposes an award of a fund (name or code) under the next free reference.

    It is like "ACF-D26-004", the year in it being the one that begins. Refused for an extension of an award
    to somebody else.
    """
    require_its_recipient(session, award)
    begun = f"{fund_named(session, fund).code}-D{year[2:4]}-"
    held = session.scalars(
        select(application_table.c.reference).where(
            application_table.c.reference.startswith(begun, autoescape=True)
        )
    )
    numbers = [int(of.removeprefix(begun)) for of in held if of.removeprefix(begun).isdecimal()]
    reference = f"{begun}{max(numbers, default=0) + 1:03d}"
    return AddDirectAward(direct_key(fund, year), reference, award, confirmed)


def amended_proposal(session: Session, change: ChangeDirectAward) -> ChangeDirectAward:
    """Return the change of a proposal; refused for an extension of an award to somebody else."""
    require_its_recipient(session, change.award)
    return change


def direct_key(fund: str, year: str) -> RoundKey:
    """Return the round of a fund's awards of a year without a competition, by what people call it."""
    return RoundKey(fund, year, DIRECT_ROUND)


def _require_unsigned(session: Session, round_id: int, reference: str) -> None:
    """Refuse what is decided, signed or withdrawn."""
    held: Progress = progress_by_line(decisions(session, round_id)).get(reference, NOT_BEGUN)
    withdrawn = selection(application_table.c.withdrawn, round_id=round_id, reference=reference)
    by = held.since[-1].signed_by if held.since else ""
    refuse(DIRECT.settled(reference, held.final is not None, by, bool(session.scalar(withdrawn))))
