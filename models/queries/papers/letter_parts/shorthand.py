"""Panel shorthand in what an applicant will read: named where reasons are recorded and before letters go out.

“gd vfm”, “n/k” or “w/o quotes” is plain to who marks and to nobody else. Nothing is rewritten: only who wrote
it knows what it stands for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from models.papers.letters.letter import Letter
from models.papers.letters.letters import MOST_NAMED
from scoring.counted import counted, first_of
from scoring.written.text import quoted

_SHORT = re.compile(
    r"(?<![\w/.@'’-])(?:v?gd|vg|vfm|n/[ak]|tb[acd]|w/o?|b/c|appl(?:n|s|ns)?|orgs?|ppl|mtgs?|cttee|bgt|"
    r"poss|prob|prev|evid|mgmt)(?![\w/@'’-])|(?<![\w/])w/(?=\w)",
    re.IGNORECASE,
)
WRITE_OUT = "Applicants may not know it: write it out in full."


def shorthand_in(texts: Iterable[str]) -> str:
    """Return the first shorthand in some texts as it stands there, "" where there is none."""
    return next((found[0] for text in texts if (found := _SHORT.search(text))), "")


def shorthand_to_change(reasons: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield in a sentence which applications have reasons with shorthand; none yields nothing."""
    if here := [f"{of} ({quoted(said)})" for of, texts in reasons.items() if (said := shorthand_in(texts))]:
        have = counted(len(here), "application has a reason", "applications have reasons")
        yield f"{have} with shorthand: {first_of(here, MOST_NAMED)}. {WRITE_OUT}"


def shorthand_told(letters: Iterable[Letter]) -> Iterator[str]:
    """Yield in a sentence which letters tell their reader shorthand; none yields nothing."""
    told = ((one, shorthand_in(_texts(one))) for one in letters)
    if here := [f"{one.named} ({quoted(said)})" for one, said in told if said]:
        tell = counted(len(here), "letter tells", "letters tell")
        yield f"{tell} shorthand of the panel: {first_of(here, MOST_NAMED)}. {WRITE_OUT}"


def _texts(letter: Letter) -> Iterator[str]:
    """Yield what of a letter somebody wrote to say why."""
    yield from (letter.reason, letter.why_less, letter.why_reserve, *letter.points)
    yield from (reason for _, reason in letter.feedback)
