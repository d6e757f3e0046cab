"""The one table of who may do what, as `resources/forms/permissions.toml` has it; which papers are whose."""

from collections.abc import Iterable
from enum import StrEnum, auto

from msgspec import Struct, toml

import resources
from models.operation import Operation
from models.papers.kinds import KINDS
from models.role import OFFICE, Role, Roles


class Condition(StrEnum):
    """What must hold; the rule and its words stand with the function of the same name."""

    OWN_SHEET = auto()
    TYPED_FROM_PAPER = auto()
    OWN_DECLARATION = auto()
    OWN_INTEREST = auto()
    OWN_WORD_OF_CHAIR = auto()
    WITHOUT_INTEREST = auto()
    WITHOUT_INTEREST_IN_THEM = auto()
    SETTLES_NO_RETURN = auto()
    SIGNS_IN_PERSON = auto()
    SIGNER_DID_NOT_SCORE = auto()
    GETS_NO_SIGNING_ROLE_AFTER_SCORING = auto()
    DECIDED_NOTHING = auto()
    CHAIRS_PAPER = auto()
    PAPER_WITHOUT_INTEREST = auto()


class Permission(Struct, frozen=True, forbid_unknown_fields=True):
    """In which roles an operation may be done, what it is called in a refusal, and under what conditions.

    `roles` is None for whoever holds the record. `action` completes "An officer or the chair …". `on_paper`
    stands in the place of all where the operation enters what somebody else did on paper.
    """

    roles: Roles | None
    action: str = ""
    conditions: tuple[Condition, ...] = ()
    on_paper: "Permission | None" = None

    def of(self, operation: Operation) -> "Permission":
        """Return what counts for one operation: itself, or what counts on paper."""
        is_paper = bool(getattr(operation, "from_paper", False))
        return self.on_paper if is_paper and self.on_paper is not None else self


UNLISTED = Permission(OFFICE, "does this")
"""What counts for a kind that the table lacks, as one of a later program; a test finds those of ours."""
ANYBODY = Permission(None)
"""What is done to the file as a whole, by whoever holds it but an auditor: a copy, a passphrase, a repair."""


def is_chairs(kind: str) -> bool:
    """Whether officers never make a kind of change, so that it waits for a chair."""
    return Role.OFFICER not in (PERMISSIONS.get(kind, UNLISTED).roles or ())


class _Alike(Permission, frozen=True, kw_only=True):
    """What counts for several kinds alike, and by kind what it is called."""

    kinds: dict[str, str]


class _Table(Struct, forbid_unknown_fields=True):
    anybody: tuple[str, ...]
    every_area: frozenset[str]
    of_note_taker: frozenset[str]
    permission: tuple[_Alike, ...]


_TABLE = toml.decode(resources.text("forms/permissions.toml"), type=_Table)
PERMISSIONS: dict[str, Permission] = {
    kind: Permission(one.roles, action, one.conditions, one.on_paper)
    for one in _TABLE.permission
    for kind, action in one.kinds.items()
} | dict.fromkeys(_TABLE.anybody, ANYBODY)

EVERY_AREA = _TABLE.every_area
"""What concerns more than one area: nobody does it in a role for some areas."""
OF_NOTE_TAKER = _TABLE.of_note_taker
"""What is of the areas of a note-taker where it gives or takes that role for some areas."""


def is_of_note_taker(kind: str, role: str) -> bool:
    """Whether a kind of change, by which a role is given or taken, is of a note-taker's areas."""
    return kind in OF_NOTE_TAKER and role == Role.NOTE_TAKER


PAPERS_OF_CHAIR = frozenset(code for code, kind in KINDS.items() if kind.is_for_chair)
"""What the chair has beside officers and finance."""
PAPERS_OF_MEETING = frozenset(("minutes", "minutes-annex"))
"""What the note-taker writes as well."""
BEFORE_SIGNING = frozenset(code for code, kind in KINDS.items() if kind.is_before_signing)
"""What whoever signs reads before."""
CLOSABLE = frozenset(code for code, kind in KINDS.items() if not kind.is_kept_open)
"""What tells of single applications: closed to whoever declared an interest, or has sheets to hand in."""


MARKS_FIRST = (
    "This paper shows others' marks: it opens when you have handed in your own score sheets, or when the "
    "panel meets."
)
PRINTS = "whose marks and total this paper prints"
COVERS = "which this covers"
DEPENDS = "and the funding shown here can depend on it"


def paper_closed(references: Iterable[str], prints: str = PRINTS) -> str:
    """Say why a paper on some applications is closed to who declared an interest in them, "" for none.

    `prints` is what the paper holds of every application on it.
    """
    named = ", ".join(references)
    return named and (
        f"You declared an interest in {named}, {prints}. Somebody "
        "without an interest writes it; other areas are open to you."
    )
