"""What is copied from an earlier round and what is not, in plain sentences."""

from collections.abc import Iterator

from gui.text import counted
from models.queries.set_up.criteria import RoundCopy
from models.queries.set_up.funds import FundTemplate
from scoring import money
from scoring.scheme import Scheme

NOT_COPIED = (
    "Not copied: applications, interests, marks, recommendations, decisions, papers, finance codes and money "
    "committed already. Members declare their interests again."
)
LATENESS = "the one on late applications is added with the first that comes late"
NO_TOLERANCE = " Nor its tolerance: who authorises one is stated for each round."


def usual_words(fund: FundTemplate) -> str:
    """Return what a round gets from its fund: "7 criteria, quality 80 to cost 20, as a draft."."""
    return f"It brings {_criteria(fund.scheme)}, as a draft.{_caps(fund)}"


def _caps(fund: FundTemplate) -> str:
    """Return at most how much is given, which fails requests above it at a gate."""
    caps = (
        (fund.scheme.cap_per_award_pence, "one application"),
        (fund.scheme.cap_per_organisation_pence, "one organisation"),
    )
    said = [f"{money.short_pounds(pence)} for {of_what}" for pence, of_what in caps if pence is not None]
    return f" At most {' and '.join(said)}; Criteria & scale changes that." if said else ""


def copied_words(copy: RoundCopy) -> str:
    """Return what a round gets from another, and what not."""
    words = f"Copied from {copy.words}: {'; '.join(_parts(copy))}. All of it can be changed."
    return f"{words}\n{NOT_COPIED}" + (NO_TOLERANCE if copy.scheme.tolerance_percent else "")


def _parts(copy: RoundCopy) -> Iterator[str]:
    yield f"{_criteria(copy.scheme)}, with the scale, ties, floors and caps, as a draft"
    gates = counted(copy.gates, "gate", "gates")
    yield f"{gates} ({LATENESS})" if copy.has_time_gate else gates
    yield counted(copy.members, "panel member", "panel members")
    yield f"who signs ({', then '.join(copy.signers)})"
    if copy.people:
        yield counted(copy.people, "person besides the panel", "people besides the panel")
    yield "the rule for reasons, the marking, how long applications are kept and when awards report"
    yield "the contact officer's details"


def _criteria(scheme: Scheme) -> str:
    quality, cost = money.percent(scheme.quality_1e4), money.percent(1_000_000 - scheme.quality_1e4)
    return f"{counted(len(scheme.criteria), 'criterion', 'criteria')}, quality {quality} to cost {cost}"
