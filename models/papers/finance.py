"""The schedule that finance pays from: every instalment of a round's awards, with its codes and its sums."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple, TypeVar

from msgspec import Struct

from models.papers.order import RoundPaper, Texts
from models.papers.paper_words import Sentences
from models.reference.reporting import year_of
from models.values.awards import Amendment, Returned
from models.values.canonical import Guarded
from models.values.rows import gathered
from scoring.written.names import round_names
from scoring.written.text import Refused, listed

K = TypeVar("K", bound=Hashable)
SAID = Sentences("finance")


class PaymentLine(Struct, frozen=True):
    """One instalment in pence; `proof` says what came in, `authorised_post` the post of who authorised it.

    `not_yet` says why it is not to be paid on the day of the paper, whatever holds up the rest of its award.
    None is `due_on` a day while its award is on hold.
    """

    number: int
    trigger: str
    amount_pence: int
    due_on: date | None
    needs_proof: bool
    proof_on: date | None
    proof: str
    paid_on: date | None
    authorised_by: str
    authorised_post: str
    not_yet: str = ""

    @property
    def paid_pence(self) -> int:
        return 0 if self.paid_on is None else self.amount_pence

    @property
    def outstanding_pence(self) -> int:
        return self.amount_pence - self.paid_pence

    @property
    def due_in(self) -> str:
        return "" if self.due_on is None else year_of(self.due_on)


class Codes(NamedTuple):
    """What an award is booked under, as text: leading zeros are part of a code."""

    cost_centre: str = ""
    nominal_code: str = ""
    project_code: str = ""


class AskedBack(Struct, frozen=True):
    """Money of an award that was asked back: what was asked, and what of it has still to come, in pence."""

    amount_pence: int
    due_pence: int
    on: date
    reason: str


class DecidedAgain(Struct, frozen=True):
    """A decision that took the place of another: under which notices, and what each gave, in pence.

    `award` is the reference it has now, that of the application where nothing is awarded any more; `by` names
    all who signed the new decision, with their posts.
    """

    award: str
    payee: str
    notice_before: str
    before_pence: int
    notice: str
    pence: int
    on: date
    by: str


class NotTakenUp(Struct, frozen=True):
    """An award whose application was withdrawn before anything of it was paid, in pence, and its notice.

    `on` is the day on which that was recorded, None where it is not known.
    """

    award: str
    payee: str
    notice: str
    pence: int
    on: date | None = None
    reason: str = ""


class EarlierPayee(Struct, frozen=True):
    """Who was paid an award until a successor took it over, on which day, and why.

    Nothing tells which account was paid into.
    """

    until: date
    payee: str
    numbers: str
    supplier_number: str
    reason: str
    account: str = ""
    account_flag: str = ""


class FinanceAward(Struct, frozen=True):
    """One award with its payments; `account` is masked, and `account_flag` says that it was changed late.

    `held_for` says why what is outstanding is not paid now, "" when it may be. `decided_pence` is what the
    last step decided, `decided_anew` what that took the place of, in words. `numbers` are charity and company
    numbers. `decided_by` names joint signers each with a post; `decided_post` is "" then,
    and `joint_posts` are theirs in that order. `before` were its payees until another took it over.
    `agreement_waits` says that the agreement is not the varied one's, "" where it is; `look_first` what is to
    be settled before any more of it is paid, though nothing holds it up.
    """

    reference: str
    application: str
    notice: str
    decided_on: date
    decided_by: str
    decided_post: str
    area: str
    payee: str
    supplier_number: str
    numbers: str
    codes: Codes
    decided_pence: int
    amount_pence: int
    agreed_on: date | None
    held_for: str
    account: str
    account_flag: str
    payments: tuple[PaymentLine, ...]
    returned: tuple[Returned, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    decided_anew: str = ""
    asked: tuple[AskedBack, ...] = ()
    agreement_waits: str = ""
    look_first: str = ""
    joint_posts: Texts = ()
    before: tuple[EarlierPayee, ...] = ()

    def paid_on(self, day: date | None) -> "FinanceAward | EarlierPayee":
        """Return who is the payee on a day, None for a day to come."""
        return next((one for one in self.before if day is not None and day < one.until), self)

    @property
    def posts_words(self) -> str:
        """Return the post of whoever decided it, of joint signers each once."""
        return self.decided_post or listed(list(dict.fromkeys(self.joint_posts)))

    def on_hold(self, line: PaymentLine) -> str:
        """Return why a payment is not made now, "" when it may be, or is made."""
        return "" if line.paid_on is not None else self.held_for or line.not_yet

    def to_look_at(self, line: PaymentLine) -> str:
        """Return what is to be settled before a payment is made, "" for nothing or once it is made."""
        return self.look_first if line.paid_on is None else ""

    def on_hold_pence(self) -> tuple[int, int]:
        """Return how many of its payments may not be made now, and what they come to."""
        held = [line.outstanding_pence for line in self.payments if self.on_hold(line)]
        return len(held), sum(held)

    @property
    def varied_pence(self) -> int:
        """Return by how much variations made it more than was decided, below nothing where less."""
        return sum(one.change_pence for one in self.amendments)

    @property
    def proposed_pence(self) -> int:
        """Return by how much variations that both have not signed make it more, below nothing where less."""
        return sum(one.change_pence for one in self.amendments if one.is_proposed)

    @property
    def paid_pence(self) -> int:
        return sum(line.paid_pence for line in self.payments)

    @property
    def outstanding_pence(self) -> int:
        return sum(line.outstanding_pence for line in self.payments)

    @property
    def returned_pence(self) -> int:
        return sum(part.amount_pence for part in self.returned)

    @property
    def stands_pence(self) -> int:
        """Return its current value: as agreed, less what came back."""
        return self.agreed_pence - self.returned_pence

    @property
    def agreed_pence(self) -> int:
        return self.amount_pence - self.proposed_pence

    @property
    def agreed_change_pence(self) -> int:
        """Return by how much variations that both have signed made it more, below nothing where less."""
        return self.varied_pence - self.proposed_pence

    @property
    def to_come_pence(self) -> int:
        return sum(part.due_pence for part in self.asked)


class MoneySum(Struct, frozen=True):
    """Sums of awards in pence, by something: how many awards and payments, and their money."""

    awards: int
    payments: int
    amount_pence: int
    paid_pence: int
    outstanding_pence: int
    returned_pence: int
    decided_pence: int
    to_come_pence: int
    proposed_pence: int
    agreed_pence: int


class FinanceSchedule(RoundPaper, frozen=True):
    """A round's or an area's (`area` "" for all) payments. No account is part of it.

    `decided_pence` is what was decided in all of its awards, `again` what was decided once more, oldest
    first; what is `not_taken_up` counts in neither. `lapsing` says of each part of the year's money that
    lapses before projects end, in sentences. Raises Refused when the instalments of an award do not add up
    to it, an award is not what was decided, or the awards do not add up to the
    decisions.
    """

    area: str
    decided_pence: int
    awards: tuple[FinanceAward, ...]
    again: tuple[DecidedAgain, ...] = ()
    not_taken_up: tuple[NotTakenUp, ...] = ()
    lapsing: Texts = ()

    def __post_init__(self) -> None:
        if not self.awards and not self.not_taken_up:
            of = f" of {self.area}" if self.area else ""
            raise Refused(f"No award{of} is made in this round yet, so there is nothing to pay.")
        for award in self.awards:
            _check(award)
        awarded = sum(award.amount_pence for award in self.awards)
        if awarded != self.decided_pence + sum(award.varied_pence for award in self.awards):
            raise Refused(SAID.unlike(awarded, self.decided_pence))

    @property
    def title(self) -> str:
        return ", ".join(filter(None, ("Finance schedule", *round_names(self.fund, self.round), self.area)))

    @property
    def nothing_payable(self) -> str:
        """Return why no payment may be made now, "" where one may or all are made."""
        if not self.awards:
            return "Every award was withdrawn: nothing is to be paid."
        left = [(award, line) for award in self.awards for line in award.payments if line.paid_on is None]
        held = left and all(award.on_hold(line) for award, line in left)
        return "What is not paid yet may not be paid now: each of its rows says why." if held else ""

    @property
    def control(self) -> str:
        """Return count and sum in words, and which sum is agreed where another is proposed."""
        whole = self.whole
        return SAID.control(whole, whole.agreed_pence)

    @property
    def payment_count(self) -> int:
        return sum(len(award.payments) for award in self.awards)

    def sums(self, key: Callable[[FinanceAward], K]) -> dict[K, MoneySum]:
        """Return the sums of the awards by something, in the order in which it first stands."""
        groups = gathered((key(award), award) for award in self.awards)
        return {found: _sum(awards) for found, awards in groups.items()}

    @property
    def whole(self) -> MoneySum:
        return _sum(self.awards)

    def months(self) -> tuple[tuple[date | None, int, int], ...]:
        """Return (first day, paid, still due) by month, in order; what has no date yet comes last.

        What is paid counts in the month it was paid, the rest in the month it is due.
        """
        found: dict[date | None, list[int]] = {}
        for line in (line for award in self.awards for line in award.payments):
            day = line.paid_on or line.due_on
            pair = found.setdefault(None if day is None else day.replace(day=1), [0, 0])
            pair[0] += line.paid_pence
            pair[1] += line.outstanding_pence
        order = sorted(found, key=lambda first: first or date.max)
        return tuple((first, found[first][0], found[first][1]) for first in order)


def _sum(awards: list[FinanceAward] | tuple[FinanceAward, ...]) -> MoneySum:
    pence = (name for name in MoneySum.__struct_fields__ if name.endswith("_pence"))
    sums = {name: sum(getattr(award, name) for award in awards) for name in pence}
    return MoneySum(len(awards), sum(len(award.payments) for award in awards), **sums)


def _check(award: FinanceAward) -> None:
    """Refuse an award whose figures do not add up, by name and by how much."""
    parts = sum(line.amount_pence for line in award.payments)
    if parts != award.amount_pence:
        raise Refused(SAID.instalments(award, parts))
    if award.amount_pence != award.decided_pence + award.varied_pence:
        raise Refused(SAID.not_as_decided(award))
    if award.returned_pence > award.paid_pence:
        raise Refused(SAID.more_came_back(award))


class AccountLine(Guarded, frozen=True):
    """The account of one award; its repr holds none of it. `flag` is "" unless it was changed late.

    `fits` says whether the number fits its sort code by the banks' tables.
    """

    unshown = frozenset({"account_name", "sort_code", "account_number"})
    reference: str
    account_name: str
    sort_code: str
    account_number: str
    entered_by: str
    entered_on: date
    verified_by: str
    verified_on: date | None
    flag: str
    fits: str = "Not checked"


class Accounts(Struct, frozen=True):
    """The accounts of a round as they were asked for: by whom, why, and the journal's row that says so."""

    round_id: int
    asked_by: str
    reason: str
    journal_row: int
    lines: tuple[AccountLine, ...]
