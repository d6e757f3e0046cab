"""The texts that an office writes into a paper itself, named once for the form and for the paper."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct, toml
from msgspec.structs import replace

import resources
from models.papers.order import TextPair, TextPairs
from scoring.written.days import full_day, read_day, read_moment
from scoring.written.text import A_FEW, Unreadable, counted, readable

FEWEST_WORDS, MOST_WORDS = 20, 2000
"""What a limit of words may be."""


class TextField(Struct, frozen=True):
    """A text of a paper: its code, its heading, and a hint of what belongs there; one line, or several.

    `most` is how many letters it may have, 0 where nothing bounds it; one that `is_day` names a day, one that
    `is_count` is a number from 20 to 2,000.
    """

    code: str
    heading: str = ""
    hint: str = ""
    is_long: bool = True
    most: int = 0
    is_day: bool = False
    is_count: bool = False

    def in_full(self, text: str, today: date) -> str:
        """Return a text with its day in full, one without a year as the next from today; else as it is."""
        day = readable(lambda typed: read_day(typed, today, is_past=False), text) if self.is_day else None
        return text if day is None else full_day(day)

    def fault(self, text: str) -> str:
        """Return what is wrong with a text, in a sentence: too long, no day, no number; "" for nothing."""
        many = len(text.strip())
        if (
            self.is_count
            and many
            and not (text.strip().isdecimal() and FEWEST_WORDS <= int(text) <= MOST_WORDS)
        ):
            return f"{self.heading} is a whole number from 20 to 2,000, such as 250."
        if self.is_day and many:
            try:
                read_moment(text)
            except Unreadable as no:
                return f"{self.heading}: {no}"
        if self.most and many > self.most:
            return f"{self.heading} has at most {self.most} letters; this one has {many}. Shorten it."
        return ""


class PaperTexts(Struct, frozen=True):
    """The texts of one paper that were written, by field code."""

    texts: TextPairs = ()

    def get(self, code: str, otherwise: str = "") -> str:
        return dict(self.texts).get(code) or otherwise

    def day(self, code: str) -> date | None:
        """Return the day that a text names, None where none was written."""
        written = self.get(code)
        return read_moment(written).at.date() if written else None


class _Said(Struct):
    """The texts of papers and of letters, those that several share, and how letters are counted."""

    papers: dict[str, tuple[TextField, ...]]
    letters: dict[str, tuple[TextField, ...]]
    shared: dict[str, tuple[TextField, ...]]
    counted: dict[str, TextPair]


_SAID = toml.decode(resources.text("forms/paper-texts.toml"), type=_Said)
IMPLICATIONS = tuple((one.code, one.heading) for one in _SAID.shared["implications"])
"""The thirteen headings under which a committee is told of risks and implications."""
REMINDERS = {one.code: one.hint for one in _SAID.shared["implications"] if one.hint}
"""What only a person can write, by the code of its heading."""

PUBLISHED_PURPOSE = TextField(
    "purpose", "Purpose", "What the award is for, as lists for the public say it", most=A_FEW
)
PURPOSES_READ = "Applicants' own words on purposes were read"
"""What is ticked to issue a list with purposes that nobody at the office wrote."""
PUBLICATION = "publication"
"""The paper of the texts on single awards, each of which has its application's reference for a subject."""

NEXT_TEXTS, TEXT_FIELDS = (
    {
        name: tuple(
            replace(each, hint=each.hint or one.hint)
            for one in fields
            for each in _SAID.shared.get(one.code, (one,))
        )
        for name, fields in said.items()
    }
    for said in (_SAID.letters, _SAID.papers)
)
"""What the letter of an outcome says of what comes next, which the record cannot know; papers' texts."""
(UNMET,) = NEXT_TEXTS["ineligible"]
FEEDBACK = TextField(
    "feedback",
    "What the panel said that still holds",
    "A line for each remark; left empty, none, since the panel did not know then what was found since",
)
"""What the letter of a decision that was taken again on what was upheld may say of the panel's feedback."""
LETTERS = "letters"
"""The paper of the texts on single letters, each of which has its application's reference for a subject."""
OF_APPLICATIONS = (PUBLICATION, LETTERS)
"""The papers of which a text is of one application."""


FIELDS_OF = {
    **TEXT_FIELDS,
    PUBLICATION: (PUBLISHED_PURPOSE,),
    LETTERS: tuple(
        {field.code: field for fields in (*NEXT_TEXTS.values(), (FEEDBACK,)) for field in fields}.values()
    ),
}
"""The texts of papers, with what is written of single awards and letters."""


def texts_of_letter(kind: str, *, leaves_out: bool) -> tuple[TextField, ...]:
    return (*NEXT_TEXTS.get(kind, ()), *((FEEDBACK,) if leaves_out else ()))


_NAMED = _SAID.counted
"""How letters of each kind are counted, in the order in which a count names them."""


def counted_by_kind(kinds: Iterable[str]) -> str:
    """Return how many letters there are of each kind: "3 offers, 5 declined, 1 too late"."""
    many = Counter(kinds)
    return ", ".join(counted(many[kind], *words) for kind, words in _NAMED.items() if many[kind])
