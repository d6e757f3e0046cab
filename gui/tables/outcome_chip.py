"""How something stands, as a cell of a table shows it."""

from msgspec import Struct

from gui.theme.tokens import Tone


class Chip(Struct, frozen=True):
    """An outcome as shape, word and colour."""

    tone: Tone
    word: str
