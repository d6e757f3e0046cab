"""What an organisation's cap leaves for one of its applications, beside what its others were given."""

from collections.abc import Iterable, Mapping

from scoring.allocating.caps import same_organisation
from scoring.counted import listed
from scoring.money import short_pounds
from scoring.round import Application, Round


def given_beside(applications: Iterable[Application], of: str, given: Mapping[str, int]) -> dict[str, int]:
    """Return what the same organisation was given on other applications of a round, in pence."""
    every = {one.reference: one for one in applications}
    return {
        other: pence
        for other, pence in given.items()
        if pence and other != of and other in every and same_organisation(every[of], every[other])
    }


def own_cap_words(round_: Round, of: str, given: Mapping[str, int], *, is_referred: bool = True) -> str:
    """Return that its organisation's cap leaves less than one asked for, as a sentence goes on, else "".

    Where the organisation may have £20,000, has £19,500 on VF-001 and asks £6,400 more, £500 is left. Unless
    `is_referred`, its other applications are not named.
    """
    most = round_.scheme.cap_per_organisation_pence
    own = given_beside(round_.applications, of, given)
    has, asked = sum(own.values()), _asked(round_, of)
    if most is None or not own or has + asked <= most:
        return ""
    left = short_pounds(most - has) if most > has else "nothing"
    on = f" on {listed(sorted(own))}" if is_referred else ""
    return (
        f"one organisation may have {short_pounds(most)} at most, and this one has {short_pounds(has)}{on}, "
        f"which leaves {left} of that for the {short_pounds(asked)} requested"
    )


def _asked(round_: Round, of: str) -> int:
    return next(one.requested_pence for one in round_.applications if one.reference == of)
