"""What the set-up page says of a round: its summary, its lock, and what publishing comes to."""

from datetime import datetime

from msgspec import Struct

from gui.text import ENDS_UNDO, counted
from gui.theme.office_words import ours
from models.queries.set_up.criteria import CriteriaFacts
from models.role import CHAIR, OFFICE
from scoring import money
from scoring.places.totals import share_words
from scoring.scheme import Scheme
from scoring.written.days import full_day


class Rights(Struct, frozen=True):
    """What a person may do with a round's criteria; `lock` says what stands in the way, "" for a draft."""

    is_draft: bool
    may_change: bool
    is_chair: bool
    lock: str


def rights_of(facts: CriteriaFacts, role: str, *, is_amending: bool) -> Rights:
    """Return what somebody in that role may do."""
    is_draft = facts.line.stage == "set up"
    drafts = role in OFFICE
    may_change = drafts and (is_draft or is_amending)
    lock = _amending(facts) if is_amending else _lock(facts, is_draft, may_change)
    return Rights(is_draft, may_change, role in CHAIR, lock)


def summary(facts: CriteriaFacts, scheme: Scheme) -> str:
    """Return the line under the title."""
    version = facts.versions[-1]
    if version.published_at is None:
        state = "A draft: the round opens when the chair publishes it"
    else:
        state = f"Version {version.version}, published {_day(version.published_at)}"
    quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
    criteria = counted(len(scheme.criteria), "criterion", "criteria")
    words = f"{state}. {criteria}, quality {quality} to cost {cost}. {share_words(scheme)}."
    if version.reason:
        words += f" Amended: {version.reason}"
    return words


def only_the_chair(facts: CriteriaFacts) -> str:
    """Return who can do what only the chair can."""
    who = (
        f" The chair is {facts.chair}."
        if facts.chair
        else " The panel has no chair yet: add one on Panel & interests."
    )
    return f"Only the chair can do this.{who}"


def publishing(facts: CriteriaFacts) -> tuple[str, ...]:
    """Return what publishing does, for the box that asks."""
    areas = ours(counted(len(facts.line.areas), "area", "areas"))
    empty = sum(1 for area in facts.line.areas if not area.pot_pence)
    sentences = [
        f"This locks criteria, weights, scale and rules for {areas} and opens the round.",
        "Every criterion can move the total by exactly its weight.",
        "Afterwards the criteria can only be amended, with a reason, as a new version.",
        ENDS_UNDO,
    ]
    if empty:
        sentences.insert(1, f"{counted(empty, 'pot is', 'pots are')} still £0; pots can be set later.")
    return tuple(sentences)


def _lock(facts: CriteriaFacts, is_draft: bool, may_change: bool) -> str:
    if may_change:
        return ""
    if is_draft:
        return "The criteria are a draft. An officer or the chair changes them."
    published = facts.versions[-1].published_at
    assert published is not None, "an open round has a published scheme"
    return f"Published on {_day(published)}. The chair can amend them with a reason."


def _amending(facts: CriteriaFacts) -> str:
    version = facts.versions[-1].version
    return f"You are amending version {version}. Nothing counts until version {version + 1} is published."


def _day(moment: datetime) -> str:
    return full_day(moment.astimezone())
