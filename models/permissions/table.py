"""The one table of who may do what, as `resources/forms/permissions.toml` has it, by kind of operation."""

from msgspec import Struct, toml

import resources
from models.operation import Operation
from models.permissions.condition import Condition
from models.role import OFFICE, Roles


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
"""What is done to the file as a whole, by whoever holds it: a copy, a passphrase, a repair."""


class _Alike(Permission, frozen=True, kw_only=True):
    """What counts for several kinds alike, and by kind what it is called."""

    kinds: dict[str, str]


class _Table(Struct, forbid_unknown_fields=True):
    anybody: tuple[str, ...]
    permission: tuple[_Alike, ...]


_TABLE = toml.decode(resources.text("forms/permissions.toml"), type=_Table)
PERMISSIONS: dict[str, Permission] = {
    kind: Permission(one.roles, action, one.conditions, one.on_paper)
    for one in _TABLE.permission
    for kind, action in one.kinds.items()
} | dict.fromkeys(_TABLE.anybody, ANYBODY)
