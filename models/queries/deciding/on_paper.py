"""Which lines a paper decided, or signed before that: those with a step of the post that it names."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from models.queries.awards.direct.direct_rounds import is_direct
from models.queries.deciding.allowances import given_amounts
from models.queries.deciding.decisions import chain_of, decisions, signed_lines
from models.queries.deciding.progress import (
    NOT_BEGUN,
    Progress,
    needed_steps,
    progress_by_line,
    unsigned_posts,
    unsigned_steps,
)
from models.reference.sign_off import Chain
from models.session import Session
from scoring.counted import counted, listed
from scoring.refused import Refused


class OnPaper(Struct, frozen=True):
    """The step that a paper is of, from 0, the lines it decides, and what others decide, in words.

    `passed_over` says whose signature, of a step before it, is not recorded. One that `is_earlier` comes
    before the decision.
    """

    step: int
    references: tuple[str, ...]
    left: str = ""
    passed_over: str = ""
    is_earlier: bool = False


def on_paper(session: Session, round_id: int, post: str, references: Collection[str]) -> OnPaper:
    """Return which of some lines a paper decided that was signed as this post.

    Each line is decided by the last step that its amount needs. Where that is one post for all of them, the
    paper may name it otherwise than the chain does, but for a post that signs earlier; refused where it is
    not plain whose signature it is.
    """
    chain, amounts = chain_of(session, round_id), given_amounts(session, round_id)
    ends = {of: needed_steps(chain, amounts.get(of) or None)[-1] for of in references}
    step = _step_of(chain, post, set(ends.values()))
    mine = [of for of, end in ends.items() if end == step]
    named = chain[step].post_named(post)
    along = progress_by_line(decisions(session, round_id))
    signed = {of: along.get(of, NOT_BEGUN).signed for of in mine}
    is_open = {of: tuple(unsigned_posts(chain[step], step, signed[of])) for of in mine}
    ready = tuple(of for of in mine if not chain[step].is_joint or named in is_open[of])
    if not ready:
        others = {other for posts in is_open.values() for other in posts}
        left = listed([other for other in chain[step].posts if other in others])
        raise Refused(f"The {named} signed everything there already. It waits for the {left}.")
    left = _rest(chain, step, named or post, {of: amounts.get(of) for of in references}, along)
    missing = _missing(session, round_id, chain, step, {of: amounts.get(of) or None for of in ready})
    return OnPaper(step, ready, left, _passed_over(missing))


def earlier_on_paper(
    session: Session, round_id: int, post: str, references: Collection[str]
) -> OnPaper | None:
    """Return which of some lines this post signs before they are decided; None where it does not.

    Refused where it signed all of them already.
    """
    chain, amounts = chain_of(session, round_id), given_amounts(session, round_id)
    needed = {of: needed_steps(chain, amounts.get(of) or None) for of in references}
    steps = [number for number, step in enumerate(chain) if step.post_named(post) is not None]
    mine = [of for of, numbers in needed.items() if steps and steps[0] in numbers[:-1]]
    if not mine or any(numbers[-1] in steps for numbers in needed.values()):
        return None
    step, along = steps[0], progress_by_line(decisions(session, round_id))
    signed = {of: along.get(of, NOT_BEGUN).signed for of in mine}
    named = chain[step].post_named(post) or post
    ready = tuple(of for of in mine if named in unsigned_posts(chain[step], step, signed[of]))
    if not ready:
        raise Refused(f"The {named} signed everything there already.")
    missing = _missing(session, round_id, chain, step, {of: amounts.get(of) or None for of in ready})
    return OnPaper(step, ready, passed_over=_passed_over(missing), is_earlier=True)


def _step_of(chain: Chain, post: str, ends: set[int]) -> int:
    named = [number for number in sorted(ends) if chain[number].post_named(post) is not None]
    if named:
        return named[-1]
    (only, *others) = sorted(ends)
    if others or chain[only].is_joint:
        posts = listed([said for number in sorted(ends) for said in chain[number].posts])
        raise Refused(f"“{post}” does not say whose signature it is. It is decided by the {posts}: name one.")
    refuse_earlier(chain, only, post)
    return only


def refuse_earlier(chain: Chain, step: int, post: str) -> None:
    """Refuse a post that signs an earlier step of a chain as the one that signed a step."""
    earlier = next((n for n in range(step) if chain[n].post_named(post) is not None), None)
    if earlier is not None and chain[step].post_named(post) is None:
        raise Refused(
            f"The {chain[earlier].post_named(post)} signs step {earlier + 1} of the chain; this is decided "
            f"by the {chain[step].words}. Name that post."
        )


def _rest(
    chain: Chain, step: int, post: str, amounts: Mapping[str, int | None], along: Mapping[str, Progress]
) -> str:
    """Return who decides the lines that end at another step, and which of them a post signs before that."""
    needed = {of: needed_steps(chain, pence or None) for of, pence in amounts.items()}
    rest = [of for of, steps in needed.items() if steps[-1] != step]
    first = [of for of in rest if step in needed[of][:-1]]
    still = [of for of in first if post in _open_posts(chain, step, along.get(of, NOT_BEGUN))]
    return f"{_left(chain, [needed[of][-1] for of in rest])}{_signed_first(post, len(still))}"


def _open_posts(chain: Chain, step: int, along: Progress) -> tuple[str, ...]:
    """Return which posts of a step have not signed a line."""
    return tuple(unsigned_posts(chain[step], step, along.signed))


def _signed_first(post: str, lines: int) -> str:
    """Return that a post signs lines before others decide them, and how that is recorded; "" for none."""
    return (
        f" The {post} signs {lines} of them before that; record it next, without --notice." if lines else ""
    )


def _left(chain: Chain, ends: list[int]) -> str:
    words = [
        f"{counted(ends.count(number), 'line is', 'lines are')} decided by the {chain[number].words}"
        for number in sorted(set(ends))
    ]
    return f"{listed(words)}." if words else ""


def _without_chair(session: Session, round_id: int, references: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield the panel's chair, and on how many lines no signature of theirs is recorded."""
    many = len(set(references) - signed_lines(session, round_id))
    if many and not is_direct(session, round_id):
        yield "chair of the panel", many


def _missing(
    session: Session, round_id: int, chain: Chain, step: int, amounts: Mapping[str, int | None]
) -> tuple[tuple[str, int], ...]:
    """Return whose signature before a step is not recorded, the chair's first, on how many lines."""
    along = progress_by_line(decisions(session, round_id))
    unsigned = unsigned_steps(chain, step, amounts.items(), along)
    return (
        *_without_chair(session, round_id, amounts),
        *((chain[number].words, len(of)) for number, of in unsigned.items()),
    )


def _passed_over(missing: Iterable[tuple[str, int]]) -> str:
    """Return whose signature is not recorded, on how many lines, and what is done about it."""
    words = [
        f"{'no' if at else 'No'} signature of the {who} is recorded on {counted(many, 'line')}"
        for at, (who, many) in enumerate(missing)
    ]
    remedy = "What is signed on paper before the decision is recorded first, with that post."
    return f"{listed(words)}. {remedy}" if words else ""
