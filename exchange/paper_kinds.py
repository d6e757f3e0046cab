"""The kinds of paper beside the award schedule: what they are called, what of, and in which forms."""

from dataclasses import dataclass
from enum import Enum


class Scope(Enum):
    """What a paper is made of: a round, a month, or any financial years and funds."""

    ROUND = "round"
    MONTH = "month"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper; `endings` are its forms, the usual one first, none for one that fills a folder."""

    code: str
    words: str
    about: str
    scope: Scope
    endings: tuple[str, ...]

    @property
    def fills_a_folder(self) -> bool:
        """Whether it is written as files in a folder."""
        return not self.endings


_OFFERED: tuple[PaperKind, ...] = ()

KINDS = {kind.code: kind for kind in _OFFERED}
"""Every kind by its code, in the order in which they are offered."""
