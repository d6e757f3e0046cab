"""Names that differ by a slip of the hand: the same letters otherwise written, or one letter off."""

from collections.abc import Iterable

from scoring.written.names import person_words, spelling_key

LEAST = 4
"""Letters below which one of them is too large a part of a name to be taken for a slip."""


def slip_of(name: str, known: Iterable[str]) -> str:
    """Return the known name that a name seems meant for, "" where it is known itself or like none.

    It is like one that has the same letters in other cases or spaces ("dudley"), or the same words in another
    order or with a title ("Ames, Ann" and "Dr Ann Ames"), or that one letter makes of it: left out, put in,
    another one, or two that changed places ("Wolverhamton"). A figure is no slip: "Area 1" and "Area 2" are
    two areas.
    """
    others = list(dict.fromkeys(known))
    if name in others:
        return ""
    wanted = spelling_key(name)
    words = person_words(name)
    same = (other for other in others if spelling_key(other) == wanted or person_words(other) == words != ())
    near = (other for other in others if is_one_off(wanted, spelling_key(other)))
    return next(same, "") or next(near, "")


def is_one_off(one: str, other: str) -> bool:
    """Whether one letter makes one name of another: left out, put in, another one, or two changed about."""
    if min(len(one), len(other)) < LEAST or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(map(len, (one, other)))
    )
    first, second = one[start:], other[start:]
    if any(letter.isdigit() for letter in (first[:1] + second[:1])):
        return False
    is_swapped = len(one) == len(other) and first[:2] == second[:2][::-1] and first[2:] == second[2:]
    return is_swapped or first[1:] == second[1:] or first[1:] == second or first == second[1:]
