"""The letters of a round to applicants: which can be written, and what the others wait for."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, NamedTuple

from msgspec import Struct
from msgspec.structs import force_setattr

from models.papers.grant_agreement import GAPS, GrantAgreement
from models.papers.letters.letter import Letter
from models.papers.office import addresses_in
from models.papers.order import RoundPaper, TextPair, TextPairs, Texts
from models.papers.status import PaperStatus
from models.papers.texts import counted_by_kind
from models.values.canonical import UNKEPT, Guarded
from scoring.written.names import round_names
from scoring.written.text import Refused


class EnclosedAgreement(Struct, frozen=True):
    """The newest version of an agreement, as it was issued, for the letters on its award."""

    agreement: GrantAgreement
    status: PaperStatus


DAYS_TO_PAY_BACK = 28
"""How long a recipient has to pay back or to answer, as the usual clause of agreements says."""


class LetterFiles(NamedTuple):
    """What is written beside letters: a draft e-mail with each, each as a PDF."""

    mails: bool = False
    pdfs: bool = False


class Letters(Guarded, RoundPaper, frozen=True):
    """The letters of a round or an area that give a reason; raises Refused where there is none.

    Of those given to it, the ones without a reason are put aside: they are `waiting`, by reference and
    organisation, and are written once they give one.

    `challenge_days` are the working days in which a challenge is acknowledged and answered;
    `sign_within_days`
    of its day the agreement is to come back.
    `agreement_days` are the working days in which an agreement follows its offer, None where the office does
    not say. `in_agreements` are the offers, by reference, that are made in the letters of offer and
    agreement.
    `next_round` is the next one of the fund, with the day on which it opens, None where none is set up.
    Money that is asked back is paid by `pay_back_by`.
    `kept_for` is for how long what was given money is kept, and all else ("6 years", "2 years"), None where
    nothing says it. `gaps` say in sentences what letters leave open that only a person knows. `unsaid` are
    the letters that lack words, or
    the answer to a check: they are put aside as well, and nothing is written where there is no other.
    """

    uncompared = frozenset({"waiting", "gaps", "unsaid", "enclosed"})
    contact: TextPairs
    letters: tuple[Letter, ...]
    is_of_awards: bool = False
    is_of_challenges: bool = False
    is_of_intake: bool = False
    challenge_days: tuple[int, int] | None = None
    sign_within_days: int | None = None
    agreement_days: int | None = None
    in_agreements: Texts = ()
    next_round: tuple[str, date] | None = None
    pay_back_by: date | None = None
    kept_for: TextPair | None = None
    waiting: Annotated[Texts, UNKEPT] = ()
    gaps: Annotated[Texts, UNKEPT] = ()
    unsaid: Annotated[tuple[Letter, ...], UNKEPT] = ()
    enclosed: Annotated[tuple[EnclosedAgreement, ...], UNKEPT] = ()

    def __post_init__(self) -> None:
        silent = tuple(one.named for one in self.letters if not one.has_a_reason)
        unsaid = (one for one in self.letters if one.is_put_aside)
        force_setattr(self, "unsaid", (*self.unsaid, *unsaid))
        said = (one for one in self.letters if one.has_a_reason and not one.is_put_aside)
        force_setattr(self, "letters", tuple(said))
        force_setattr(self, "waiting", (*self.waiting, *silent))
        if not self.letters and not self.unsaid:
            raise Refused(next(words for is_so, words in self._why_none() if is_so))

    def _why_none(self) -> Iterator[tuple[bool, str]]:
        """Yield what can leave no letter to write and how that is said; the first that is so counts."""
        yield bool(self.waiting), f"{self.waiting_words} Nothing was written."
        yield (
            self.is_of_challenges,
            "No decision was challenged there, or it was erased, so there is no letter.",
        )
        yield (
            self.is_of_awards,
            "Nothing was varied, no money is asked back and nothing is minimal financial assistance there, "
            "or it was erased, so there is no letter. Offers, and the letter on an award that is withdrawn, "
            "are among Letters to applicants.",
        )
        yield (
            bool(self.in_agreements),
            f"{GAPS.in_agreements(self)}. There is no other letter to write: draw the agreements.",
        )
        yield (
            True,
            "Nothing is decided there yet, and nothing that is missing is asked for, or it was erased: "
            "there is no letter.",
        )

    @property
    def waiting_words(self) -> str:
        """Return which letters are not among these and what they wait for, "" for none."""
        return GAPS.waiting(self.waiting)

    @property
    def to_do(self) -> Texts:
        """Return what is still to be recorded for these letters, or to be looked at, () for nothing."""
        return tuple(filter(None, (self.waiting_words, self.unsaid_words, *self.gaps)))

    @property
    def to_do_words(self) -> str:
        return " ".join(self.to_do)

    @property
    def unsaid_words(self) -> str:
        """Return which letters are put aside until somebody says what they are about, "" for none."""
        return GAPS.unsaid(self.unsaid)

    @property
    def shown(self) -> tuple[Letter, ...]:
        return (*self.letters, *self.unsaid)

    def require_some(self) -> None:
        if not self.letters:
            raise Refused(f"{self.to_do_words} Nothing was written.")

    @property
    def without_address(self) -> Texts:
        return tuple(letter.reference for letter in self.letters if not addresses_in(letter.email))

    @property
    def title(self) -> str:
        """Return what the letters are, in words."""
        on = " on awards" if self.is_of_awards else ""
        on = " on challenges" if self.is_of_challenges else on
        on = " that acknowledge applications" if self.is_of_intake else on
        return ", ".join((f"Letters{on}", *round_names(self.fund, self.round)))

    @property
    def control(self) -> str:
        """Return how many letters there are, of each kind, and what they offer."""
        offered = sum(letter.offered_pence or 0 for letter in self.letters)
        return GAPS.control(self, counted_by_kind(letter.kind for letter in self.letters), offered)
