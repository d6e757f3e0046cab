"""What an office calls the parts of its force's area: one name for one of them, one for several."""

from dataclasses import dataclass

_SOUNDED = "aeiou"


@dataclass(frozen=True, slots=True)
class AreaLabel:
    """The office's word for an area: "Area", "Local policing area", "NPU"; `many` "" where "s" makes it."""

    one: str = "Area"
    many: str = ""

    @property
    def heading(self) -> str:
        """Return the word as a heading begins: "Local policing area"."""
        return _begun(self.one)

    @property
    def headings(self) -> str:
        """Return the word for several as a heading begins: "Local policing areas"."""
        return _begun(self.several)

    @property
    def word(self) -> str:
        """Return the word within a sentence: "local policing area", and "NPU" as it is."""
        return _within(self.one)

    @property
    def words(self) -> str:
        """Return the word for several within a sentence."""
        return _within(self.several)

    @property
    def several(self) -> str:
        """Return the word for several as the office writes it: "Counties", "Local policing areas"."""
        if self.many:
            return self.many
        if self.one[-1:] == "y" and self.one[-2:-1] not in _SOUNDED:
            return f"{self.one[:-1]}ies"
        return f"{self.one}s"

    def labelled(self, heading: str) -> str:
        """Return one of the fixed headings of our tables in the office's own word; any other as it is."""
        if self == AREA:
            return heading
        said = {
            "Area": self.heading,
            "Areas": self.headings,
            "By area": f"By {self.word}",
            "All areas": f"All {self.words}",
            "No area": f"No {self.word}",
            "Subtotal, no area": f"Subtotal, no {self.word}",
            "Area or line": f"{self.heading} or line",
            "Area, line or award": f"{self.heading}, line or award",
        }
        return said.get(heading, heading)

    def counted(self, number: int) -> str:
        """Return a count with the word: "1 area", "5 local policing areas"."""
        return f"{number:,} {self.word if number == 1 else self.words}"


AREA = AreaLabel()
"""The word of an office that has none of its own."""


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _within(text: str) -> str:
    """Return a text without its first capital, unless its first word is initials such as NPU."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
