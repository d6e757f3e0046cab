"""The sign-off chain as values: ordered steps, each of one post or of several that sign jointly."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from models.role import SIGNING, Role
from scoring.money import plain_pounds, plain_pounds_if_any, pounds
from scoring.written.amounts import read_money
from scoring.written.names import is_same_text, text_key
from scoring.written.text import Refused, listed

NOBODY = "A sign-off chain with nobody in it decides nothing. Name the post that signs."


class SignOff(Struct, frozen=True):
    """One step of a sign-off chain: the role (commander or decider) in which its posts sign it.

    `post` and `joint_posts` sign in either order, each by a person of its own. `per_area` says that each area
    has a person of its own there; else one signs for all. `from_pence` is the amount of an award from which
    on the step is needed, `up_to_pence` that up to which it is; None where there is no such bound.
    """

    role: str
    post: str
    joint_posts: tuple[str, ...] = ()
    per_area: bool = False
    from_pence: int | None = None
    up_to_pence: int | None = None

    @property
    def posts(self) -> tuple[str, ...]:
        return (self.post, *self.joint_posts)

    @property
    def is_joint(self) -> bool:
        return bool(self.joint_posts)

    @property
    def words(self) -> str:
        """Return who signs, as papers and pages say it: "Commander and Ambassador, from £5,000.00"."""
        return f"{listed(self.posts)}{self.bounds}"

    @property
    def bounds(self) -> str:
        """Return for which amounts it is needed: ", from £1,000.00 up to £5,000.00"; "" for all."""
        least = "" if self.from_pence is None else f" from {pounds(self.from_pence)}"
        most = "" if self.up_to_pence is None else f" up to {pounds(self.up_to_pence)}"
        return f",{least}{most}" if least or most else ""

    def is_needed(self, pence: int | None) -> bool:
        """Whether a line that gets so much (None: nothing) has to be signed here."""
        is_under = self.up_to_pence is None or (pence or 0) <= self.up_to_pence
        return is_under and (self.from_pence is None or (pence or 0) >= self.from_pence)

    def post_named(self, text: str) -> str | None:
        """Return the step's post of that name, or whose deputy says so ("Deputy for the Commander").

        However it is cased and spaced; None for no post of the step.
        """
        own = (post for post in self.posts if is_same_text(post, text))
        return next(own, next((post for post in self.posts if deputy_in(text, post)), None))

    def post_taken(self, text: str) -> str | None:
        """Return which of the step's posts has signed where somebody signed as that.

        Who signs for one post alone may be called otherwise; None for no post of a joint step.
        """
        return self.post_named(text) or (None if self.is_joint else self.post)

    def post_signed(self, text: str) -> str:
        """Return as what somebody signs the step: as its post, or as the deputy of it.

        A deputy says for whom, "Deputy Chief Executive for the Chief Executive", and papers print that.
        Refused for any other post.
        """
        post = self.post_named(text)
        if post is not None:
            return as_deputy(deputy_in(text, post), post)
        which = "one of them" if self.is_joint else "that post"
        raise Refused(
            f"“{text}” does not sign this step: it waits for the {self.words}. Name {which}, or a deputy, "
            f"as in “{as_deputy('Deputy', self.post)}”."
        )


Chain = tuple[SignOff, ...]

DEFAULT_CHAIN: Chain = (SignOff(Role.DECIDER, "Chief Executive"),)
"""Who decides in a round of a fund that says nothing about it."""
_OPEN = "Leave one step without an amount."


def chain_faults(chain: Sequence[SignOff]) -> tuple[str, ...]:
    """Return what is wrong with a chain that somebody sets, a sentence each; none where it can be signed."""
    if not chain:
        return (NOBODY,)
    return (*_step_faults(chain), *_repeats(chain), *_unsigned(chain))


def require_chain(chain: Sequence[SignOff]) -> None:
    """Refuse a chain with a fault, by its first sentences."""
    faults = chain_faults(chain)
    if faults:
        raise Refused(" ".join(faults[:3]))


def chain_json(chain: Sequence[SignOff]) -> list[dict[str, object]]:
    """Return a chain as commands print it: steps from 1, amounts in pounds as text, null for none."""
    return [
        {
            "step": number,
            "posts": list(step.posts),
            "per_area": step.per_area,
            "role": step.role,
            "from_amount": plain_pounds_if_any(step.from_pence),
            "up_to_amount": plain_pounds_if_any(step.up_to_pence),
        }
        for number, step in enumerate(chain, 1)
    ]


def read_chain(said: Sequence[Mapping[str, Any]]) -> Chain:
    """Return the chain of a scheme file in the file's order, none where it has none; refused with a fault."""
    chain = tuple(map(read_step, said))
    if chain:
        require_chain(chain)
    return chain


def read_step(said: Mapping[str, Any]) -> SignOff:
    """Return a step as a scheme file has it: role, post or posts, and per_area and amounts if any."""
    posts = said["posts"] if "posts" in said else [said["post"]]
    if not (isinstance(posts, list) and posts):
        raise Refused(NOBODY)
    return SignOff(
        role=said["role"],
        post=posts[0],
        joint_posts=tuple(posts[1:]),
        per_area=said.get("per_area", False),
        from_pence=read_money(said.get("from_amount", ""), is_plain=True),
        up_to_pence=read_money(said.get("up_to_amount", ""), is_plain=True),
    )


def step_as_written(number: int, step: SignOff) -> dict[str, object]:
    """Return a step as a scheme file has it, its number from 1; what it says nothing about left out."""
    said: dict[str, object] = {"step": number, "role": str(step.role)}
    said |= {"posts": list(step.posts)} if step.is_joint else {"post": step.post}
    said |= {"per_area": True} if step.per_area else {}
    amounts = {"from_amount": step.from_pence, "up_to_amount": step.up_to_pence}
    return said | {key: plain_pounds(pence) for key, pence in amounts.items() if pence is not None}


def as_deputy(deputy: str, post: str) -> str:
    """Return as what somebody signs: "Head of Finance for the Chief Executive", or "" for the holder."""
    return f"{deputy} for the {post}" if deputy else post


def deputy_in(text: str, post: str) -> str:
    """Return the deputy in "Head of Finance for the Chief Executive", "" where it names no such post."""
    words, named = text.split(), post.split()
    said, tail = words[: -len(named)], words[-len(named) :]
    is_the = bool(said) and said[-1].casefold() == "the"
    said = said[:-1] if is_the else said
    is_for = len(said) > 1 and said[-1].casefold() == "for"
    return " ".join(said[:-1]) if is_for and is_same_text(" ".join(tail), post) else ""


def _step_faults(chain: Sequence[SignOff]) -> Iterator[str]:
    for number, step in enumerate(chain, 1):
        if not all(post.strip() for post in step.posts):
            yield f"Step {number} of the sign-off chain has nobody in it. Name the post that signs."
        if step.role not in SIGNING:
            yield f"Step {number} is signed as “{step.role}”, which is not one of {', '.join(SIGNING)}."
        if step.from_pence is not None and step.from_pence <= 0:
            yield f"Step {number} is needed from an amount above £0.00, or from none."
        if step.up_to_pence is not None and step.up_to_pence < max(step.from_pence or 0, 1):
            yield f"Step {number} is needed up to an amount above £0.00 and not below that from which it is."


def _repeats(chain: Sequence[SignOff]) -> Iterator[str]:
    counts = Counter(text_key(post) for step in chain for post in step.posts if post.strip())
    named = {text_key(post): post for step in chain for post in step.posts}
    for key, count in counts.items():
        if count > 1:
            yield (
                f"{named[key]} appears {count} times in the chain. "
                "Each signature must be a different person's."
            )


def _unsigned(chain: Sequence[SignOff]) -> Iterator[str]:
    """Yield what an award may be that no step of a chain is needed for."""
    reached = -1
    for step in sorted(chain, key=lambda one: one.from_pence or 0):
        least = step.from_pence or 0
        if least > reached + 1:
            above = "" if reached < 0 else f" more than {pounds(reached)} and"
            yield f"Nobody signs what gets{above} less than {pounds(least)}. {_OPEN}"
        if step.up_to_pence is None:
            return
        reached = max(reached, step.up_to_pence)
    yield f"Nobody signs what gets more than {pounds(reached)}. {_OPEN}"
