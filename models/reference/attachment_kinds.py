"""The kinds of attachment that ship, and which of them may leave the office."""

from msgspec import Struct, toml

import resources


class AttachmentKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind by its code, with its words; one that `leaves` may be shown to members once it was read."""

    code: str
    words: str
    leaves: bool = False


class _Kinds(Struct, frozen=True):
    kind: tuple[AttachmentKind, ...]


KINDS = {one.code: one for one in toml.decode(resources.text("forms/attachments.toml"), type=_Kinds).kind}
"""Every kind by its code, in the order in which they are offered."""
LEAVING = frozenset(code for code, kind in KINDS.items() if kind.leaves)
NOT_SORTED, FORM, EMAIL = "not sorted", "form", "e-mail"


def kind_words(code: str) -> str:
    """Return the words of a kind; those of one that no longer ships are its code."""
    return KINDS[code].words if code in KINDS else code
