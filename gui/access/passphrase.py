"""A passphrase on its way from a box to the record."""

import unicodedata


class Passphrase:
    """What opens a record; no repr, report, log or setting ever shows it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFC", text)

    def reveal(self) -> str:
        """Return its text, for the record alone."""
        return self._text

    def __repr__(self) -> str:
        return "Passphrase(…)"


def revealed(key: Passphrase | None) -> str | None:
    """Return the text of a passphrase, None for a plain record."""
    return None if key is None else key.reveal()
