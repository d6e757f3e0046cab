"""What somebody is about to sign, as values: each line whole, what it gives, and the pots."""

from msgspec import Struct

from models.papers.order import RoundPaper, TextPairs, Texts
from scoring.money import pounds
from scoring.written.text import counted

AS_IT_CAME = "As it came."
"""What is said of an answer that changes nothing."""
LOOK_AT = (
    "Changed on the way",
    "Your answer",
    "Not stated",
    "Order and exceptions",
    "Dissent",
    "Interests and who left",
    "Score sheets",
    "Gates",
)
"""What is named of a line beside its money, but for an answer that changes nothing; it is told below."""


class LineToSign(Struct, frozen=True):
    """A line with all that is told of it, by label; what it has nothing to say of is left out.

    `outcome` is what the signature makes of it, in words; `given_pence` the money, None for none.
    """

    reference: str
    organisation: str
    area: str
    outcome: str
    given_pence: int | None
    told: TextPairs

    @property
    def to_look_at(self) -> Texts:
        """Return the labels of what is told that the signer is to look at first."""
        told = dict(self.told)
        return tuple(label for label in LOOK_AT if told.get(label, AS_IT_CAME) != AS_IT_CAME)


class PotToSign(Struct, frozen=True):
    """A pot in pence, of an area or of all that share it: with what these lines take, and what others do.

    The last is None where an interest closes some of it to the reader; `over` says who allows what is over.
    """

    area: str
    pot_pence: int
    committed_pence: int
    here_pence: int
    others_pence: int | None = None
    over: str = ""

    @property
    def left_pence(self) -> int | None:
        """Return what is left of it then, below nothing where it is passed; None where that is closed."""
        if self.others_pence is None:
            return None
        return self.pot_pence - self.committed_pence - self.here_pence - self.others_pence


class ToSign(RoundPaper, frozen=True):
    """All that somebody signs at once, in the order of the signature.

    `posts` are whose signatures it waits for. `shared` is told of each line alike; `not_here` are
    applications of which nothing is signed, each with why; `closed` those of which nothing is told to the
    reader, who declared an interest in them.
    """

    area: str
    posts: Texts
    lines: tuple[LineToSign, ...]
    shared: TextPairs = ()
    pots: tuple[PotToSign, ...] = ()
    not_here: TextPairs = ()
    closed: Texts = ()

    @property
    def title(self) -> str:
        return "What you sign"

    @property
    def given_pence(self) -> int:
        return sum(line.given_pence or 0 for line in self.lines)

    @property
    def control(self) -> str:
        return f"{counted(len(self.lines), 'line')}, {pounds(self.given_pence)}"
