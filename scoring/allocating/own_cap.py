"""What an organisation's cap leaves for one of its applications, beside what its others were given."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scoring.allocating.organisations import same_organisations
from scoring.counted import listed
from scoring.money import short_pounds
from scoring.round import Application, Round
from scoring.scheme import Scheme


class OwnCap(NamedTuple):
    """What one organisation may have, and what of that is left beside what it has, in pence."""

    most_pence: int
    left_pence: int


def own_cap(scheme: Scheme, has_pence: int, asked_pence: int) -> OwnCap | None:
    """Return what an organisation's cap leaves beside what it has, None where that is all it asks."""
    most = scheme.cap_per_organisation_pence
    if most is None or not has_pence or has_pence + asked_pence <= most:
        return None
    return OwnCap(most, max(most - has_pence, 0))


def given_beside(applications: Iterable[Application], of: str, given: Mapping[str, int]) -> dict[str, int]:
    """Return what the same organisation was given on other applications of a round, in pence."""
    every = same_organisations(tuple(applications))
    return {
        other: pence
        for other, pence in given.items()
        if pence and other != of and other in every and every[of] == every[other]
    }


def own_cap_words(round_: Round, of: str, given: Mapping[str, int], *, is_referred: bool = True) -> str:
    """Return that its organisation's cap leaves less than one asked for, as a sentence goes on, else "".

    Where the organisation may have £20,000, has £19,500 on VF-001 and asks £6,400 more, £500 is left. Unless
    `is_referred`, its other applications are not named.
    """
    own = given_beside(round_.applications, of, given)
    has, asked = sum(own.values()), _asked(round_, of)
    cap = own_cap(round_.scheme, has, asked)
    if cap is None:
        return ""
    left = short_pounds(cap.left_pence) if cap.left_pence else "nothing"
    on = f" on {listed(sorted(own))}" if is_referred else ""
    return (
        f"one organisation may have {short_pounds(cap.most_pence)} at most, and this one has "
        f"{short_pounds(has)}{on}, which leaves {left} of that for the {short_pounds(asked)} requested"
    )


def _asked(round_: Round, of: str) -> int:
    return next(one.requested_pence for one in round_.applications if one.reference == of)
