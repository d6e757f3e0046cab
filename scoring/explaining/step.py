"""One step of an explanation."""

from typing import NamedTuple


class Step(NamedTuple):
    """A step: the rule, what was done in words, the exact figure (such as "229/3"), and it as shown."""

    rule: str
    words: str
    exact: str
    shown: str
