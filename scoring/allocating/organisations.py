"""The caps of one organisation: which applications are of the same one, and how much it may have in all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from scoring.money import short_pounds
from scoring.ranking import Cause, Standing
from scoring.round import Application, Round
from scoring.scheme import Scheme
from scoring.written.identities import charity_key, charity_number, company_number
from scoring.written.names import text_key
from scoring.written.text import listed

_Pair = tuple[int, int]


class Identity(NamedTuple):
    """What an organisation goes by in one place, "" for none.

    `word` is the office's own word for it: equal words are one organisation, different ones are never one.
    `name` is without case and extra spaces.
    """

    word: str
    charity_number: str
    company_number: str
    name: str


class Grouping(NamedTuple):
    """The organisation of each identity, as the index of its first; `unsettled` could be of several."""

    first: tuple[int, ...]
    unsettled: frozenset[int]


def identity(application: Application) -> Identity:
    """Return what the organisation of an application goes by."""
    numbers = application.charity_number, application.company_number
    return identified(application.one_with, application.organisation, *numbers)


def identified(word: str, name: str, charity: str, company: str) -> Identity:
    """Return what an organisation goes by; a text that is no number of a register identifies nobody."""
    name = name if name.isascii() else normalize("NFKC", name)
    return Identity(word, charity_key(charity), company_number(company), text_key(name))


def alias_of(name: str, charity: str, company: str) -> tuple[str, str, str]:
    """Return by what an organisation is known again: its name without case, and its numbers; "" for none."""
    return text_key(name), charity_number(charity), company_number(company)


def same_organisations(applications: Sequence[Application]) -> dict[str, str]:
    """Return for each reference the first one of the same organisation."""
    found = group(tuple(identity(one) for one in applications)).first
    return {
        one.reference: applications[number].reference for one, number in zip(applications, found, strict=True)
    }


def unsettled_words(applications: Sequence[Application]) -> tuple[str, ...]:
    """Return a sentence for each name that organisations with different numbers share with one that has none.

    Example: A has charity number 1122334, B has 2233445 and C none, all of one name: C counts with neither.
    """
    named: dict[str, list[str]] = defaultdict(list)
    for number in sorted(group(tuple(identity(one) for one in applications)).unsettled):
        named[text_key(applications[number].organisation)].append(applications[number].reference)
    return tuple(_unsettled(references, applications) for references in named.values())


def _unsettled(references: list[str], applications: Sequence[Application]) -> str:
    name = next(one.organisation for one in applications if one.reference == references[0])
    count = "counts" if len(references) == 1 else "count"
    here = [one for one in applications if one.reference in references]
    if all(any(identity(one)[1:3]) for one in here):
        return (
            f"{name}: {listed(references)} {count} with none of those that have its number, for these are "
            "kept apart. Say with which of them it is one."
        )
    return (
        f"{name}: {listed(references)} {count} with none of that name that has a charity or company number, "
        "for their numbers differ. Enter the number that is missing."
    )


@lru_cache(maxsize=16)
def group(identities: tuple[Identity, ...]) -> Grouping:
    """Return which identities are one organisation.

    The office's word comes first, then numbers, then names. A weaker link joins nothing that has different
    words, or different numbers of one register, itself or through others that have none: those others are
    then linked to neither, and unsettled.
    """
    index: dict[Identity, list[int]] = defaultdict(list)
    for number, one in enumerate(identities):
        index[one].append(number)
    groups = _Groups(list(index))
    groups.join(("word",), ())
    unsettled = groups.join(("charity_number", "company_number"), ("word",))
    unsettled |= groups.join(("name",), ("word", "charity_number", "company_number"))
    numbers = list(index.values())
    of = {n: numbers[groups.of[place]][0] for place, alike in enumerate(numbers) for n in alike}
    first: dict[int, int] = {}
    for number in range(len(identities)):
        first.setdefault(of[number], number)
    return Grouping(
        tuple(first[of[number]] for number in range(len(identities))),
        frozenset(n for place in unsettled for n in numbers[place]),
    )


class _Groups:
    """Different identities, and the group that each is in so far."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self.identities = identities
        self.of = list(range(len(identities)))

    def join(self, links: Sequence[str], registers: Sequence[str]) -> set[int]:
        """Join groups that share a value of `links`; return the identities that are left out.

        Nothing is joined that has different values in one of `registers`.
        """
        alike = [places for link in links for places in self._alike(link)]
        pairs = {pair for places in alike for pair in combinations(sorted({self.of[p] for p in places}), 2)}
        left_out: set[int] = set()
        cut: set[_Pair] = set()
        for register in registers:
            numbered = {self.of[place] for places in self._alike(register) for place in places}
            edges = {pair for pair in pairs if not numbered.issuperset(pair)}
            thirds = _thirds(edges, numbered)
            cut |= (pairs - edges) | {pair for pair in edges if thirds & {*pair} and numbered & {*pair}}
            left_out |= {place for place, of in enumerate(self.of) if of in thirds}
            left_out |= self._passed_over(alike, register, pairs - edges)
        self._unite(pairs - cut)
        return left_out

    def _alike(self, field: str) -> list[list[int]]:
        """Return the identities that have one value of a field in common, those without any left out."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.identities):
            if value := getattr(one, field):
                found[value].append(place)
        return list(found.values())

    def _passed_over(self, alike: list[list[int]], register: str, pairs: set[_Pair]) -> set[int]:
        """Return identities without a number whose own group has another than that of their namesakes."""
        apart = {of for pair in pairs for of in pair}
        return {
            place
            for places in alike
            if len({self.of[p] for p in places} & apart) > 1
            for place in places
            if self.of[place] in apart and not getattr(self.identities[place], register)
        }

    def _unite(self, pairs: Iterable[_Pair]) -> None:
        root = {of: of for of in self.of}
        for one, other in pairs:
            first, second = sorted((_last(root, one), _last(root, other)))
            root[second] = first
        self.of = [_last(root, of) for of in self.of]


def _thirds(edges: Iterable[_Pair], numbered: set[int]) -> set[int]:
    """Return the groups without a number that lie, with others like them, between two that have one."""
    root: dict[int, int] = defaultdict(int)
    near: dict[int, set[int]] = defaultdict(set)
    bare = [pair for pair in edges if not numbered & {*pair}]
    for of in {of for pair in edges for of in pair} - numbered:
        root[of] = of
    for one, other in bare:
        root[_last(root, one)] = _last(root, other)
    for one, other in edges:
        if numbered & {one, other}:
            third, end = (one, other) if other in numbered else (other, one)
            near[_last(root, third)].add(end)
    return {of for of in root if len(near[_last(root, of)]) > 1}


def _last(root: dict[int, int], of: int) -> int:
    while root[of] != of:
        of = root[of]
    return of


class CapCause(Struct, frozen=True):
    """An organisation's other awards: what one may have, what it was awarded, and what of that is left."""

    most_pence: int
    awarded_pence: int
    left_pence: int


def _given_beside(same: Mapping[str, str], of: str, given: Mapping[str, int]) -> dict[str, int]:
    """Return what the same organisation was given on other applications of a round, in pence."""
    return {
        other: pence
        for other, pence in given.items()
        if pence and other != of and other in same and same[of] == same[other]
    }


def cap_cause(round_: Round, same: Mapping[str, str], of: str, given: Mapping[str, int]) -> CapCause | None:
    """Return what an organisation's other awards leave for one of its applications, None where enough.

    `same` are the round's `same_organisations`, worked out once for all of its applications.
    """
    most, awarded = round_.scheme.cap_per_organisation_pence, sum(_given_beside(same, of, given).values())
    if most is None or not awarded or awarded + _asked(round_, of) <= most:
        return None
    return CapCause(most, awarded, max(most - awarded, 0))


def own_cap_words(round_: Round, same: Mapping[str, str], of: str, given: Mapping[str, int]) -> str:
    """Return that its organisation's cap leaves less than one asked for, as a sentence goes on, else "".

    Where the organisation may have £20,000, has £19,500 on VF-001 and asks £6,400 more, £500 is left.
    """
    cap = cap_cause(round_, same, of, given)
    if cap is None:
        return ""
    left = short_pounds(cap.left_pence) if cap.left_pence else "nothing"
    return (
        f"one organisation may have {short_pounds(cap.most_pence)} at most, and this one has "
        f"{short_pounds(cap.awarded_pence)} on {listed(sorted(_given_beside(same, of, given)))}, which "
        f"leaves {left} of that for the {short_pounds(_asked(round_, of))} requested"
    )


def _asked(round_: Round, of: str) -> int:
    return next(one.requested_pence for one in round_.applications if one.reference == of)


def most_offer(scheme: Scheme, asked_pence: int) -> int:
    """Return the most that a request may be offered by itself: all of it, under the caps of the scheme."""
    caps = (scheme.cap_per_award_pence, scheme.cap_per_organisation_pence)
    return min(asked_pence, *(cap if cap is not None else asked_pence for cap in caps))


def past_the_cap(round_: Round, offers: Sequence[tuple[str, int]]) -> list[list[int]]:
    """Return the offers, by number, of each organisation whose several together pass what one may have.

    An offer is a reference and pence; there is none of them without such a cap.
    """
    cap, of = round_.scheme.cap_per_organisation_pence, same_organisations(round_.applications)
    alike: dict[str, list[int]] = defaultdict(list)
    for number, (reference, _) in enumerate(offers):
        alike[of[reference]].append(number)
    own = [numbers for numbers in alike.values() if len(numbers) > 1]
    return [] if cap is None else [one for one in own if sum(offers[n][1] for n in one) > cap]


class Caps:
    """The caps of a round and what has been offered under them so far, in pence."""

    def __init__(self, round_: Round) -> None:
        self.per_award = round_.scheme.cap_per_award_pence
        self.per_organisation = round_.scheme.cap_per_organisation_pence
        self._of = {} if self.per_organisation is None else same_organisations(round_.applications)
        self._granted: dict[str, dict[str, int]] = defaultdict(dict)

    def offer(self, standing: Standing) -> int:
        """Return the request, no more than the cap per award and what is left of the organisation's."""
        limits = [standing.requested_pence, *filter(None, [self.per_award])]
        if self.per_organisation is not None:
            limits.append(max(self.per_organisation - self._had(self._of[standing.reference]), 0))
        return min(limits)

    def named(self, cause: Cause, standing: Standing) -> Cause:
        """Return a cause with the cap that makes the offer less than the request, if one does."""
        offer = self.offer(standing)
        if offer == standing.requested_pence:
            return cause
        if offer == self.per_award:
            return replace(cause, cap_pence=offer, is_of_award=True)
        used = self._granted[self._of[standing.reference]]
        return replace(cause, cap_pence=self.per_organisation or 0, used=tuple(used.items()))

    def count(self, reference: str, pence: int) -> None:
        if self.per_organisation is not None:
            self._granted[self._of[reference]][reference] = pence

    def _had(self, organisation: str) -> int:
        return sum(self._granted[organisation].values())

    def depend_on_order(self, offers: Iterable[tuple[Standing, int]]) -> bool:
        """Whether tied offers to one organisation together pass what its cap still allows."""
        if self.per_organisation is None:
            return False
        tied: Counter[str] = Counter()
        for standing, offer in offers:
            tied[self._of[standing.reference]] += offer
        return any(self._had(of) + offer > self.per_organisation for of, offer in tied.items() if offer)


def over_caps(round_: Round, reference: str) -> Iterator[str]:
    """Yield in words which caps an application asks more than: by itself, and with its organisation's others.

    What was withdrawn counts with nobody's.
    """
    scheme = round_.scheme
    asks = next(one for one in round_.applications if one.reference == reference)
    if scheme.cap_per_award_pence is not None and asks.requested_pence > scheme.cap_per_award_pence:
        yield "over the cap for one award"
    of = same_organisations(round_.applications)
    alike = [one for one in round_.applications if not one.withdrawn and of[one.reference] == of[reference]]
    most, asked = scheme.cap_per_organisation_pence, sum(one.requested_pence for one in alike)
    if most is not None and len(alike) > 1 and asked > most:
        yield "over the cap for one organisation, with its other applications"
