"""Why the public is not told who has an award: the ground, who decided it, and what else would tell."""

from collections.abc import Iterator

from msgspec import Struct

from models.schema.base import TextAbout
from scoring.counted import listed

GROUNDS = {
    "personal": "personal information",
    "safety": "the safety of people",
    "policing": "the prevention or detection of crime",
    "commercial": "commercial interests",
    "barred": "a legal bar on publication",
}
"""Why a name is withheld, by code, in the words that the public reads."""
BY_NOTICE = "notice"
"""The ground of what nobody recorded by itself: the notice of decision is withheld as a whole."""
LONGEST, LONGEST_NAME, MOST_WORDS, SHORTEST_WORD = 2_000, 300, 20, 3


class WithheldName(Struct, frozen=True):
    """A recipient's name that lists for the public do not give; amount, purpose and reasons they do.

    `reason` is for the record alone. `words` are others that would tell who it is, one a line,
    such as a house's name.
    """

    ground: str
    reason: TextAbout
    decided_by: str
    decided_post: str
    words: TextAbout = ""

    @property
    def printed(self) -> str:
        """Return what stands in the name's place."""
        return f"Withheld: {GROUNDS.get(self.ground, 'its notice of decision is confidential')}"

    @property
    def is_by_notice(self) -> bool:
        """Whether the notice of decision withholds it, and nobody recorded more."""
        return self.ground == BY_NOTICE

    @property
    def decider(self) -> str:
        """Return who decided it, with the post."""
        return f"{self.decided_by}, {self.decided_post}"

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what keeps it from being recorded: the field, and a sentence."""
        if self.ground not in GROUNDS:
            yield (
                "ground",
                f"The ground must be one of {listed(tuple(GROUNDS))}, not “{self.ground}”.",
            )
        if not self.reason.strip():
            yield "reason", "Say why the name is withheld."
        if len(self.reason) > LONGEST:
            yield "reason", f"The reason is longer than {LONGEST:,} characters. Shorten it."
        for field, text in (("decided_by", self.decided_by), ("decided_post", self.decided_post)):
            if not text.strip():
                yield field, "Name who decided that the name is withheld, with the post."
            if len(text) > LONGEST_NAME or not text.isprintable():
                yield (
                    field,
                    f"A name or a post must be on one line of up to {LONGEST_NAME} characters. Shorten it.",
                )
        words = self.words.splitlines()
        if len(words) > MOST_WORDS:
            yield "words", f"Give {MOST_WORDS} other words at most."
        for word in words:
            if not SHORTEST_WORD <= len(word.strip()) <= LONGEST_NAME:
                yield "words", f"“{word[:40]}” cannot be removed from texts. Give a whole word or name."
