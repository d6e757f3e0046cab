"""What the caps of a scheme say of a request."""

from scoring.money import pounds
from scoring.scheme import Scheme

BY_RULE = "the program"
"""Who judged a gate where the figures did."""


def has_cap(scheme: Scheme) -> bool:
    """Whether a scheme caps what is asked at all."""
    return scheme.cap_per_award_pence is not None or scheme.cap_per_organisation_pence is not None


def over_cap(scheme: Scheme, requested_pence: int) -> str:
    """Return why a request is not within the caps, with both figures; "" when it is."""
    for cap_pence, of_what in (
        (scheme.cap_per_award_pence, "one award"),
        (scheme.cap_per_organisation_pence, "one organisation"),
    ):
        if cap_pence is not None and requested_pence > cap_pence:
            return f"asks {pounds(requested_pence)}, over the cap of {pounds(cap_pence)} for {of_what}"
    return ""
