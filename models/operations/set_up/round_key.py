"""Which round is meant, by what people call it."""

from msgspec import Struct


class RoundKey(Struct, frozen=True):
    """A round by fund (name or code), financial year ("" when it has none) and name."""

    fund: str
    year: str
    name: str

    @property
    def words(self) -> str:
        """Return the round as a sentence names it."""
        return f"“{self.name}” of {self.fund} {self.year}".rstrip()
