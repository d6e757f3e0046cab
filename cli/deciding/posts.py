"""As which post, and for which area, a paper was signed, as `decide` is told it, and what is odd about it."""

import argparse
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from cli.frame.output import Column
from models.operations.deciding.decision_lines import LineDecision
from models.queries.applications.applications import applications
from models.queries.deciding.decisions import chain_of
from models.queries.deciding.signatories import Signatory, signatories
from models.queries.panel.meeting import meetings_held, short_of_quorum
from models.queries.panel.panel import members
from models.reference.sign_off import SignOff, deputy_in
from models.session import Session
from models.values.recommending import RecommendationRow
from models.values.rounds import RoundLine
from scoring.counted import listed
from scoring.refused import Refused
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.written.days import full_day
from scoring.written.names import is_same_text

AMOUNT = Column("Amount", "amount_pence")


def outcome_of(row: RecommendationRow | LineDecision) -> str:
    """Return in words what is recommended or decided."""
    return OUTCOME_WORDS[PanelOutcome(row.outcome)]


def read_post(session: Session, line: RoundLine, options: argparse.Namespace) -> None:
    """Read an area off the post: "Commander, Dudley" or "Commander for Dudley", as signatories are listed.

    A deputy whom the round names for an earlier or a joint step may give their own post. Refused where
    `--area` names another area.
    """
    chain = chain_of(session, line.round_id)
    for head, tail in _parted(options.post):
        area = next((one.name for one in line.areas if is_same_text(one.name, tail)), None)
        if area is None or all(step.post_named(head) is None for step in chain):
            continue
        if any(said != area for said in options.areas):
            said = listed(options.areas)
            raise Refused(f"The post says {area} and --area says {said}. Say which it is.")
        options.post, options.areas = head, [area]
    if all(step.post_named(options.post) is None for step in chain):
        asked = (*chain[:-1], *(step for step in chain[-1:] if step.is_joint))
        options.post = _for_whom(session, line.round_id, asked, options)


def _parted(post: str) -> Iterator[tuple[str, str]]:
    """Yield each way in which a post may end in its area, whose name may have commas and "for" in it."""
    for between in re.finditer(r", | for ", post):
        yield post[: between.start()], post[between.end() :]


def _for_whom(session: Session, round_id: int, asked: Sequence[SignOff], options: argparse.Namespace) -> str:
    """Return a deputy's post with whom they sign for at these steps; any other post as it was given."""
    posts = [post for step in asked for post in step.posts]
    own = (one.post for one in signatories(session, round_id) if is_same_text(one.name, options.signer))
    found = (said for said in own for post in posts if is_same_text(deputy_in(said, post), options.post))
    return next(found, options.post)


def unlike_chain(session: Session, round_id: int, step: int, options: argparse.Namespace) -> Iterator[str]:
    """Yield where a paper names another post, or another person, than the round has for the step."""
    here, post = chain_of(session, round_id)[step], options.post.strip()
    of_step = [one for one in signatories(session, round_id) if one.role == here.role]
    people = [one for one in of_step if any(map(one.signs_for, options.areas or [None]))]
    held = [one.name for one in people if _has_post(one, here, post)]
    if any(is_same_text(name, options.signer) for name in held):
        return  # the very post that the round has for them
    named = list(dict.fromkeys(one.name for one in people))
    who = f", {listed(named)}" if len(named) == 1 else ""
    if held:
        yield f"The {post} of this round is {listed(held)}, not {options.signer.strip()}. Check the paper."
        yield from _as_deputy(of_step, here, options.signer)
    elif here.post_named(post) is None:
        yield (
            f"“{post}” is no post of this round: this is signed by the {here.words}{who}. Check the paper; "
            "it is recorded as given here."
        )
    elif len(named) == 1 and is_same_text(here.post, post) and not is_same_text(named[0], options.signer):
        yield f"The {post} of this round is {named[0]}, not {options.signer.strip()}. Check the paper."


def unlike_chair(session: Session, round_id: int, name: str) -> Iterator[str]:
    """Yield that somebody else than the panel's chair, where it is known, signs as the chair."""
    chairs = [one.name for one in members(session, round_id) if "chair" in one.role.casefold()]
    if chairs and not any(is_same_text(one, name) for one in chairs):
        yield f"The chair of this panel is {listed(chairs)}, not {name.strip()}. Check the paper."


def _as_deputy(people: Sequence[Signatory], step: SignOff, name: str) -> Iterator[str]:
    """Yield as which post a deputy signs in the round, for one who is said to sign as whom they stand for."""
    own = (deputy_in(one.post, post) for one in people if is_same_text(one.name, name) for post in step.posts)
    for deputy in filter(None, own):
        yield f"In this round {name.strip()} signs as a deputy: --post “{deputy}” prints that."


def _has_post(person: Signatory, step: SignOff, post: str) -> bool:
    """Whether somebody has a post in the round: the step's own, or that of a deputy who signs for it."""
    deputies = (deputy_in(person.post, own) for own in step.posts)
    return any(is_same_text(own, post) for own in filter(None, (person.post, *deputies)))


def before_meeting(session: Session, round_id: int, references: Collection[str], on: date) -> Iterator[str]:
    """Yield which of the areas of some applications met only after a day on which that was signed."""
    held = meetings_held(session, round_id)
    areas = {row.area for row in applications(session, round_id) if row.reference in references}
    for area, met in held.items():
        if area in areas and met.held_on > on:
            days = f"on {full_day(met.held_on)}, after {full_day(on)}"
            yield f"The panel met for {area} {days}. Check the days."


def without_quorum(session: Session, round_id: int, references: Collection[str]) -> Iterator[str]:
    """Yield which of some applications too few could take part in at the meeting of their area."""
    for of, words in short_of_quorum(session, round_id).items():
        if of in references:
            yield f"{of} had no quorum at its meeting: {words}. Minutes, schedule and notice say so."
