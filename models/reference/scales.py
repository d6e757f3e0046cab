"""The scales of marks that ship, with their words, for a draft to start from."""

import tomllib
from functools import cache

from msgspec import Struct

import resources

SCALE_FILES = ("acf.toml", "scale-0-4.toml")


class Scale(Struct, frozen=True):
    """A scale from 0 to `maximum`; descriptors are (mark, word, meaning)."""

    maximum: int
    descriptors: tuple[tuple[int, str, str], ...]

    @property
    def words(self) -> str:
        """Return the scale in words: "0 to 5, Nothing to Excellent"."""
        return f"0 to {self.maximum}, {self.descriptors[0][1]} to {self.descriptors[-1][1]}"


@cache
def shipped_scales() -> tuple[Scale, ...]:
    """Return the shipped scales, the usual one first."""
    folder = resources.path("schemes")
    texts = [(folder / name).read_text(encoding="utf-8") for name in SCALE_FILES]
    return tuple(_scale(tomllib.loads(text)["scale"]) for text in texts)


def _scale(said: dict[str, object]) -> Scale:
    maximum, marks = said["maximum"], said["mark"]
    assert isinstance(maximum, int), "a shipped scale has a highest mark"
    assert isinstance(marks, list), "a shipped scale has words for its marks"
    return Scale(maximum, tuple((m["mark"], m["word"], m["meaning"]) for m in marks))
