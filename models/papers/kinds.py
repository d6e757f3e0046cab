"""The kinds of paper, each registered once, in `resources/forms/papers.toml`.

A query, a class of values and a writer stand there by their names ("module:name") and are loaded when they
are first asked for: the list of papers is wanted long before any of their libraries.
"""

from typing import Any

from msgspec import Struct, convert, toml

import resources
from models.papers.paper_kind import PaperKind

SCHEDULE, FINANCE, OPEN_DATA = "schedule", "finance", "360giving"
AGREEMENT, CHALLENGE_LETTERS, MINISTRY = "agreement", "challenge-letters", "ministry"
ACKNOWLEDGEMENTS, TO_SIGN = "acknowledgements", "to-sign"
MINUTES_ANNEX = "minutes-annex"


class _Registry(Struct):
    """The kinds by their fields; one that is `like` others has from `shared` what it does not say itself."""

    shared: dict[str, dict[str, Any]]
    paper: list[dict[str, Any]]

    def kinds(self) -> list[PaperKind]:
        return [convert(self.shared.get(one.pop("like", ""), {}) | one, PaperKind) for one in self.paper]


_OFFERED = toml.decode(resources.text("forms/papers.toml"), type=_Registry).kinds()
KINDS = {kind.code: kind for kind in _OFFERED}
"""Every kind by its code, in the order in which they are offered."""
