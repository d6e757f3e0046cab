"""What waits for a signature after the panel: decisions, corrections, direct awards and variations.

One answer for whoever asks: the tasks on Overview, Decisions, and Awards & payments.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from models.papers.paper_words import Sentences
from models.queries.applications.applications import applications, areas_by_reference, withdrawn_in
from models.queries.awards.variations import variations
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    Waits,
    chain_of,
    decisions,
    progress_by_line,
    recommendations,
    signatures,
)
from models.queries.deciding.signatories import (
    Signatory,
    may_sign,
    named_for,
    person_signing,
    post_at,
    signatories,
)
from models.queries.permissions.declarations import declared_by
from models.queries.set_up.rounds import rounds
from models.reference.sign_off import SignOff
from models.role import SIGNING
from models.session import Session
from models.store.parts import part
from models.values.rounds import RoundKey, RoundLine
from models.values.stored import each_read
from scoring.written.names import is_same_text
from scoring.written.text import listed

if TYPE_CHECKING:
    from models.queries.awards.award_rows import AwardRow

AWARD = Sentences("refused_award")


class Signed(StrEnum):
    """What a signature is given on."""

    DECISION = "decision"
    CORRECTION = "correction"
    VARIATION = "variation"


class Awaiting(Struct, frozen=True):
    """What waits for a signature, of which application and area, and for which posts of a step."""

    what: Signed
    reference: str
    area: str | None
    waits: Waits

    def is_for(self, chain: Sequence[SignOff], people: Sequence[Signatory], who: Signatory) -> bool:
        """Whether a person signs it next: one of the people named for the post, or where nobody is, any."""
        post = post_at(chain, self.waits.step, who)
        is_theirs = chain[self.waits.step].role == who.role and who.signs_for(self.area)
        if post is None or post not in self.waits.posts or not is_theirs:
            return False
        named = named_for(chain, self.waits.step, people, post, self.area)
        return not named or any(is_same_text(one.name, who.name) for one in named)


@part
def awaiting(session: Session, round_id: int) -> tuple[Awaiting, ...]:
    """Return what of a round waits for somebody of its chain, in the order of its applications."""
    return (*_decisions(session, round_id), *_variations(session, round_id))


def awaiting_elsewhere(
    session: Session, round_id: int, name: str, role: str
) -> tuple[tuple[RoundKey, int], ...]:
    """Return in which other rounds a person is named to sign, and how much waits for them there."""
    others = (line for line in rounds(session) if role in SIGNING and line.round_id != round_id)
    found = each_read(lambda line: (line, _many(session, line, name, role)), others)
    return tuple((RoundKey(line.fund, line.year, line.name), many) for line, many in found if many)


def _many(session: Session, line: RoundLine, name: str, role: str) -> int:
    people = signatories(session, line.round_id)
    mine = person_signing(people, name, role)
    if mine not in people:
        return 0
    chain, closed = chain_of(session, line.round_id), declared_by(session, line.round_id, name)
    waits = (one for one in awaiting(session, line.round_id) if one.reference not in closed)
    open_ = (one for one in waits if one.what is Signed.VARIATION or not line.is_closed)
    return sum(one.is_for(chain, people, mine) for one in open_)


def correction_fault(session: Session, round_id: int, award: "AwardRow", then: str) -> str:
    """Return why something is not done to an award: a correction of it waits; "" where none does.

    It names for whom it waits, with the people who may sign as that post.
    """
    if award.corrected_pence is None:
        return ""
    of = award.application
    known = (one for one in _decisions(session, round_id) if one.reference == of)
    posts = [_post_words(session, round_id, one, post) for one in known for post in one.waits.posts]
    return AWARD.corrected(award, posts, then)


def _post_words(session: Session, round_id: int, one: Awaiting, post: str) -> str:
    """Return a post that has to sign, with who may: "Community Ambassador (Abe Envoy)"."""
    names, _ = may_sign(session, round_id, one.waits.step, post, one.area)
    return f"{post} ({listed(names, 'or')})" if names else post


def _decisions(session: Session, round_id: int) -> Iterator[Awaiting]:
    chain, along = chain_of(session, round_id), progress_by_line(decisions(session, round_id))
    given = {row.application: row.amount_pence for row in recommendations(session, round_id)}
    signed = {row.application for row in signatures(session, round_id)}
    for row in applications(session, round_id):
        held = along.get(row.reference, NOT_BEGUN)
        is_put = row.reference in signed or held.is_correcting
        if row.withdrawn or row.reference not in given or not is_put:
            continue
        pence = given[row.reference] if held.last is None else held.last.amount_pence
        waits = held.waits(chain, pence)
        what = Signed.CORRECTION if held.is_correcting else Signed.DECISION
        if waits is not None:
            yield Awaiting(what, row.reference, row.area, waits)


def _variations(session: Session, round_id: int) -> Iterator[Awaiting]:
    every = [row for row in variations(session, round_id) if row.is_proposed]
    if not every:
        return
    chain, gone = chain_of(session, round_id), withdrawn_in(session, round_id)
    area_of = areas_by_reference(session, round_id)
    for row in every:
        waits = row.waits(chain)
        if waits is not None and row.application not in gone:
            yield Awaiting(Signed.VARIATION, row.application, area_of[row.application], waits)
