"""Which round is meant, by what people call it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoundKey:
    """A round by fund (name or code), financial year ("" when it has none) and name."""

    fund: str
    year: str
    name: str

    @property
    def words(self) -> str:
        """Return the round as a sentence names it."""
        return f"“{self.name}” of {self.fund} {self.year}".rstrip()
