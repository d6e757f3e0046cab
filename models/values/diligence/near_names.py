"""Names on the sanctions list that are spelled nearly like one of the record.

Two words are near where they are the same, where one letter makes one of the other and both have four or
more, or where both have eight or more and are the same once two letters of each are left out ("Mohammed" and
"Muhammad"); figures are no slip. Two names are near where each word of one has a word of the other, in any
order. Of a listed person and a person of the record the shorter name will do, where it has two words or more:
middle names are often left out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from models.values.diligence.registers import listed_key, person_key
from scoring.written.names import LEAST, is_one_off

LONG, LONGEST = 8, 40
"""Letters from which on two of them may differ, and above which none is looked at."""
FEWEST_OF_A_PERSON = 2


class NearNames:
    """The names of the record, by the words that could be meant for theirs."""

    def __init__(self, names: Iterable[str], people: Iterable[str]) -> None:
        organisations = ((name, name, False) for name in names)
        persons = ((name, person_key(name), True) for name in people)
        self._known = [(tuple(n.split()), key, is_one) for n, key, is_one in (*organisations, *persons)]
        self._by_variant: dict[str, set[int]] = defaultdict(set)
        for at, (words, _, _) in enumerate(self._known):
            for variant in {one for word in words for one in _variants(word)}:
                self._by_variant[variant].add(at)

    def near(self, listed: str, *, is_person: bool) -> Iterator[tuple[str, bool]]:
        """Yield the keys of the names that a listed one is near, and whether it is the very name."""
        said = listed_key(listed)
        words = tuple(said.split())
        shared: Counter[int] = Counter()
        for word in words:
            shared.update({at for one in _variants(word) for at in self._by_variant.get(one, ())})
        for at in sorted(shared):
            own, key, is_one = self._known[at]
            is_same = " ".join(own) == said
            if is_same or _are_near(own, words, may_lack=is_person and is_one):
                yield key, is_same


def _are_near(one: Sequence[str], other: Sequence[str], *, may_lack: bool) -> bool:
    few, many = sorted((one, other), key=len)
    if len(few) != len(many) and not (may_lack and len(few) >= FEWEST_OF_A_PERSON):
        return False
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        meant = next((each for each in left if each == word), None)
        meant = meant or next((each for each in left if _is_near(word, each)), None)
        if meant is None:
            return False
        left.remove(meant)
    return True


def _is_near(one: str, other: str) -> bool:
    if one == other or is_one_off(one, other):
        return True
    if min(len(one), len(other)) < LONG or any(letter.isdigit() for letter in one + other):
        return False
    return bool(_variants(one) & _variants(other))


@lru_cache(maxsize=4096)
def _variants(word: str) -> frozenset[str]:
    """Return a word, the same without any one of its letters and, where it is long, without any two."""
    most = 0 if not LEAST <= len(word) <= LONGEST else 1 if len(word) < LONG else 2
    kept = (combinations(word, len(word) - left) for left in range(most + 1))
    return frozenset("".join(letters) for some in kept for letters in some)
