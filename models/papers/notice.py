"""A notice of decision: what was decided, by whom, with what interests, and the annex of allocations."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from models.papers.order import Counts, TextPair, TextPairs, Texts
from scoring.money import pounds
from scoring.schedule.lines import WITHOUT_MONEY
from scoring.schedule.values import PLAIN, Letterhead
from scoring.written.names import text_key
from scoring.written.text import Refused, as_sentences, counted, with_capital


def count_without_money(outcomes: Iterable[str]) -> Counts:
    """Return how many have each outcome that gives no money."""
    found = Counter(outcomes)
    return tuple((outcome.value, found[outcome.value]) for outcome in WITHOUT_MONEY if found[outcome.value])


BETWEEN = "; "
"""What parts a crime type from a priority."""
MARKINGS = ("NON-CONFIDENTIAL", "CONFIDENTIAL")
_NONE = frozenset({"", "none", "no", "nil", "no interest", "no interests", "n/a"})


class Allocation(Struct, frozen=True):
    """One line of the annex, in pence; `superseded_by` is the later notice that took its place, if any.

    `award` is the reference of the award that it made, "" before that. `purpose` is what the office wrote for
    the public, and `reason` why it was made, each "" where nobody wrote it.
    """

    reference: str
    recipient: str
    service: str
    crime_type: str
    area: str
    amount_pence: int
    superseded_by: str = ""
    award: str = ""
    purpose: str = ""
    reason: str = ""

    @property
    def service_told(self) -> str:
        return self.service + (f"\nSuperseded by notice {self.superseded_by}" if self.superseded_by else "")

    @property
    def told_whole(self) -> str:
        """Return what it is for, and why it is made, a line each."""
        why = f"Why: {as_sentences(self.reason)}" if self.reason else ""
        return "\n".join(filter(None, (self.service_told, as_sentences(self.purpose), why)))

    @property
    def kind(self) -> str:
        return _in_lines(self.crime_type)


class PassedOn(Struct, frozen=True):
    """A grant in pence that the recipient of an allocation passes on: to whom, and for what."""

    reference: str
    by: str
    recipient: str
    purpose: str
    amount_pence: int


class AlsoSigned(Struct, frozen=True):
    """Who signed a joint step with whoever signed last: post, name, day and the interests stated."""

    post: str
    name: str
    on: date
    interests: str


class Stated(Struct, frozen=True):
    """What somebody who signed disclosed of interests beside the office's standing statement."""

    name: str
    post: str
    on: date
    disclosed: str


class NoticeOfDecision(Struct, frozen=True):
    """A whole notice; texts that the office left empty are told from the record already.

    Before it is decided it is drafted from what is recommended: it has no `decided_by` and no `decided_on`,
    and the signatures of those `to_sign` are the decision. `by_outcome` says how many applications have each
    outcome without money; `taken_back` are those that had money under an earlier notice and have none now.
    `against_rule` are the applications that get money though the rule of the round would give them none.
    `over_pots` are the areas whose pots are passed, each with the pence over it. `signed_before` says who
    signed the steps of the chain before the decision, and `to_sign_first` who of these has still to sign.
    `standing_interests` are the words in which the office's signers state that they have none.

    One with a `ground` alone is confidential as a whole. One that `has_confidential_part` is the public part
    and says so; the other part, printed apart, holds the `confidential` facts and advice, and `unnamed` the
    lines whose recipients the public part does not name, which has these as `withheld`, by award or, before
    the decision, by reference. `kinds` heads what the lines are for, "" where no office chose it.
    `named_after` is how many of those who `also_signed` papers name before whoever signed last.
    Raises Refused when the total is not the sum of the allocations, or when nothing at all is decided.
    """

    number: str
    office: str
    fund: str
    round: str
    year: str
    is_confidential: bool
    subject: str
    contact: TextPairs
    summary: str
    background: Texts
    financial: Texts
    legal: Texts
    papers: Texts
    access: str
    interests: str
    legal_power: str
    decided_by: str
    post: str
    decided_on: date | None
    allocations: tuple[Allocation, ...]
    total_pence: int
    letterhead: Letterhead = PLAIN
    also_signed: tuple[AlsoSigned, ...] = ()
    to_sign: Texts = ()
    standing_interests: str = ""
    ground: str = ""
    has_confidential_part: bool = False
    confidential: Texts = ()
    passed_on: tuple[PassedOn, ...] = ()
    taken_back: tuple[Allocation, ...] = ()
    by_outcome: Counts = ()
    over_pots: Counts = ()
    against_rule: Texts = ()
    signed_before: Texts = ()
    to_sign_first: Texts = ()
    unnamed: tuple[Allocation, ...] = ()
    kinds: str = ""
    named_after: int = 0
    withheld: Texts = ()

    def __post_init__(self) -> None:
        if not (self.allocations or self.taken_back or self.by_outcome):
            raise Refused(f"{self.title} decides nothing.")
        added = sum(line.amount_pence for line in self.allocations)
        if added != self.total_pence:
            raise Refused(
                f"The lines of {self.title} add up to {pounds(added)}, but its total says "
                f"{pounds(self.total_pence)}. Nothing was written."
            )

    @property
    def marking(self) -> str:
        """Return the marking of a notice, which is not a protective one."""
        return MARKINGS[self.is_confidential]

    @property
    def title(self) -> str:
        """Return the title as printed."""
        part = ", confidential part" if self.confidential else ""
        return f"Notice of Decision {self.number}".rstrip() + part

    @property
    def is_decided(self) -> bool:
        return self.decided_on is not None

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        lines, lost = len(self.allocations), sum(line.amount_pence for line in self.taken_back)
        back = f", {pounds(lost)} taken back" if self.taken_back else ""
        return f"{counted(lines, 'line')}, {pounds(self.total_pence)}{back}"

    @property
    def signed(self) -> tuple[AlsoSigned, ...]:
        """Return everybody who signed the decision in the order in which papers name them, nobody before."""
        if self.decided_on is None:
            return ()
        last = AlsoSigned(self.post, self.decided_by, self.decided_on, self.interests)
        return (*self.also_signed[: self.named_after], last, *self.also_signed[self.named_after :])

    @property
    def is_joint(self) -> bool:
        """Whether several sign the decision, some of whom may have done so."""
        return bool(self.also_signed) or len(self.to_sign) > 1

    @property
    def standing(self) -> str:
        """Return the office's standing statement, "" where whoever decided spoke of interests otherwise."""
        if not self.is_decided:
            return self.standing_interests or self.interests
        return self._parted(self.interests)[0]

    @property
    def stated(self) -> tuple[Stated, ...]:
        """Return what each disclosed who signed the decision, or has signed it so far."""
        signed = self.signed or self.also_signed
        return tuple(Stated(one.name, one.post, one.on, self._parted(one.interests)[1]) for one in signed)

    def _parted(self, interests: str) -> TextPair:
        """Return the office's standing statement, and what was disclosed beside it.

        Who spoke of pecuniary interests in words of their own is printed in these alone: the standing words
        say that there are none.
        """
        standing, stated = self.standing_interests, interests.strip()
        if standing and stated.startswith(standing):
            stated = stated.removeprefix(standing).strip()
        elif not standing or "pecuniary" in stated.casefold():
            return "", stated
        return standing, stated if is_disclosed(stated) else "none"

    @property
    def says_why_against(self) -> bool:
        """Whether the annex says of each award that is against the rule why it is made."""
        return all(one.reason for one in self.allocations if one.reference in self.against_rule)

    @property
    def back_annex(self) -> int:
        return 1 + bool(self.allocations) + bool(self.passed_on)

    @property
    def by_area(self) -> tuple[tuple[str, tuple[Allocation, ...]], ...]:
        """Return the allocations of each area, in the order in which they first stand."""
        areas = dict.fromkeys(line.area for line in self.allocations)
        return tuple((one, tuple(line for line in self.allocations if line.area == one)) for one in areas)

    @property
    def by_kind(self) -> Counts:
        """Return the sum of each crime type, or of each with its priority, () where that sums nothing.

        What is not stated stands last. Nothing is summed where one row would be a part of another, as
        "Domestic abuse" is of "Domestic violence; Domestic abuse": neither is all that was awarded for it.
        """
        found = Counter[str]()
        for line in self.allocations:
            found[line.crime_type] += line.amount_pence
        stated = [set(kind.split(BETWEEN)) for kind in found if kind]
        is_part = any(one < other for one in stated for other in stated)
        if is_part or not 1 < len(found) < len(self.allocations):
            return ()
        kinds = sorted(found, key=lambda kind: not kind)
        return tuple((_in_lines(kind) or "Not stated", found[kind]) for kind in kinds)

    @property
    def has_kinds(self) -> bool:
        return any(line.crime_type for line in (*self.allocations, *self.taken_back))

    @property
    def kind_heading(self) -> str:
        """Return what the lines are for as a heading: as the office chose it, else as a form asks it."""
        is_with_priority = any(BETWEEN in line.crime_type for line in (*self.allocations, *self.taken_back))
        return self.kinds or ("Crime type and priority" if is_with_priority else "Crime type")

    @property
    def kinds_summed(self) -> str:
        return self.kind_heading.replace(" or ", " and ")

    @property
    def kinds_summed_in_words(self) -> str:
        return f"{self.kinds_summed[:1].lower()}{self.kinds_summed[1:]}"

    @property
    def kept(self) -> Counts:
        """Return the awards of which a part is passed on, and what of each is not, in pence."""
        given = Counter[str]()
        for one in self.passed_on:
            given[one.reference] += one.amount_pence
        lines = (line for line in self.allocations if line.reference in given)
        left = ((line.reference, line.amount_pence - given[line.reference]) for line in lines)
        return tuple((reference, pence) for reference, pence in left if pence)


def _in_lines(kinds: str) -> str:
    """Return a crime type with a capital, and the priority on a line below where both are said."""
    return with_capital(kinds).replace(BETWEEN, f"{BETWEEN.rstrip()}\n")


def is_disclosed(stated: str) -> bool:
    """Whether what a signer stated beside the standing words is an interest, and not that there is none."""
    return text_key(stated).rstrip(".") not in _NONE
