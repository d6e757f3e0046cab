"""How a grant stands on the day of its letter: what is checked, paid, asked back and came back."""

from datetime import date

from msgspec import Struct


class GrantNow(Struct, frozen=True):
    """How a grant stands beside its signatures.

    `has_account` says that its bank details are there, `is_account_checked` that they are right. `paid_on` is
    when each payment of the letter was paid, and `proof_on` when the papers came that it waits for, None
    where it was not and they did not. Of what was `asked_back_pence`, `came_of_it_pence` came;
    `other_back_pence` came back that nobody had asked for. Of minimal financial assistance, its recipient
    `confirmed_on` a day that it is within the limit, None before that. One of less than was asked
    `leaves_open` which part of the application it is for. What is still to be paid is `held_for` a reason.
    One `lacks_outcomes` where nobody said what the grant brings about. Minimal financial assistance is
    `to_confirm` before anything is signed. One whose recipient answers first `asks_days`, where it cannot
    start as it meant to; letters of before did not.
    """

    has_account: bool = False
    is_account_checked: bool = False
    paid_on: tuple[date | None, ...] = ()
    proof_on: tuple[date | None, ...] = ()
    asked_back_pence: int = 0
    came_of_it_pence: int = 0
    other_back_pence: int = 0
    confirmed_on: date | None = None
    leaves_open: bool = False
    held_for: str = ""
    lacks_outcomes: bool = False
    to_confirm: bool = False
    asks_days: bool = False

    @property
    def to_pay_back_pence(self) -> int:
        """Return what of the money asked back is still to come."""
        return self.asked_back_pence - self.came_of_it_pence

    @property
    def is_unsettled(self) -> bool:
        """Whether its recipient has still to say what it does with the money."""
        return self.leaves_open or self.lacks_outcomes

    @property
    def is_all_paid(self) -> bool:
        """Whether each payment of the letter is paid."""
        return None not in self.paid_on
