"""What of an agreed reason was meant for the panel: no letter tells it, and the minutes have it.

That is a question, what names a member in full or by a code such as M2, what begins with a member's first
name, or "chair", and a colon, and what asks or tells the chair, or says that something is still to be
checked. Brackets, sentences, lines and what stands after a dash are judged apart, so that the rest of a
reason is told. Nobody but the office can tell for certain, so each is named before a recommendation and
before letters go out.
"""

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping

from models.papers.letters.letter import Letter
from models.papers.letters.letters import MOST_NAMED
from models.values.rows import MemberRow, RoundRows
from scoring.counted import counted, first_of
from scoring.written.text import quoted

_ENDS = re.compile(
    r"\([^()]*\)|\s[-–—]\s|(?<=[.!?])\s+(?=[A-Z0-9“\"'(])|\n(?=\W*(?:[A-Z0-9]|(?:ask|check w|chair)\b))"
)
"""Where one thing that is said ends and the next begins; a bracket is one by itself."""
_SPOKEN = (
    r"\?\W*$|\b(?:ask|tell) (?:the )?chair\b|\bchair to (?!the\b)\w|\bn\.?b\b|\btbc\b|"
    r"\bto check(?= re\b| w/|[.;,)?]|$)|^\W*check (?:w/|with|re)|"
    r"^\W*chair (?:asks?|asked|says|said|thinks|wants)\b"
)
"""Words with which a member speaks to the others: something is asked, or still to be checked or settled."""
_TITLES = frozenset(
    ("dr", "mr", "mrs", "ms", "miss", "mx", "cllr", "rev", "canon", "sir", "insp", "supt", "the")
)
CHANGE_IT = (
    "Letters to applicants leave that part out. Write what applicants should be told in other words before "
    "the recommendation is recorded."
)
IN_MINUTES = (
    "The minutes have it. What an applicant should read of it is written into the letter’s Word file."
)

Aside = Callable[[str], object]
"""Says of a part of a reason whether it was meant for the panel."""


def asides_of(members: Iterable[MemberRow]) -> Aside:
    """Return what tells whether a part of an agreed reason was meant for these members of a panel."""
    found = tuple(members)
    full = _one_of(one.name for one in found if " " in one.name.strip())
    codes = _one_of(one.code for one in found if any(map(str.isdigit, one.code)))
    called = _one_of([*(one.name for one in found), *(_first_name(one.name) for one in found), "chair"])
    spoken = re.compile(rf"{_SPOKEN}|\b{full}\b|^\W*{called}\s*:", re.IGNORECASE)
    coded = re.compile(rf"\b{codes}\b")
    return lambda part: spoken.search(part) or coded.search(part)


def without_asides(reason: str, is_aside: Aside) -> str:
    """Return a reason without what was meant for the panel, "" where there is nothing else.

    "Good links. (Ben: is it legal?)" is "Good links.".
    """
    parts = tuple(_parted(reason))
    kept = tuple(part for part in parts if not is_aside(part))
    if len(kept) == len(parts):
        return reason
    joined = re.sub(r"[ \t]+", " ", "".join(kept))
    return re.sub(r"\s+(?=[.,;])", "", joined).strip(" \n-–—,;")


def reasons_to_change(rows: RoundRows, references: Container[str]) -> Iterator[str]:
    """Yield in a sentence which of these applications have such an agreed reason; none yields nothing."""
    if here := [f"{of} ({quoted(said)})" for of, said in _first_asides(rows).items() if of in references]:
        have = counted(len(here), "application has", "applications have")
        named = first_of(here, MOST_NAMED)
        yield f"{have} an agreed reason that seems meant for the panel: {named}. {CHANGE_IT}"


def told_reasons(rows: RoundRows) -> dict[str, tuple[str, ...]]:
    """Return what letters tell of the agreed reasons of each application."""
    is_aside = asides_of(rows.members)
    return {
        of.application: tuple(without_asides(reason, is_aside) for reason in of.given_reasons)
        for of in rows.agreed
    }


def remarks_left_out(letters: Iterable[Letter], held: Mapping[str, str]) -> Iterator[str]:
    """Yield in a sentence which letters leave such a remark out; none yields nothing.

    `held` is the first agreed reason that has one, by application.
    """
    told = (one for one in letters if one.reference in held)
    if here := [f"{one.named} ({quoted(held[one.reference])})" for one in told]:
        leave = counted(len(here), "letter leaves", "letters leave")
        named = first_of(here, MOST_NAMED)
        yield f"{leave} out a remark that seems meant for the panel: {named}. {IN_MINUTES}"


def _first_asides(rows: RoundRows) -> dict[str, str]:
    """Return the first agreed reason with such a remark of each application that has one."""
    is_aside, found = asides_of(rows.members), {}
    for of in rows.agreed:
        said = (reason for reason in of.given_reasons if without_asides(reason, is_aside) != reason)
        if first := next(said, ""):
            found[of.application] = first
    return found


def _parted(reason: str) -> Iterator[str]:
    """Yield the parts of a reason, and what stands between them: joined they are the reason."""
    end = 0
    for found in _ENDS.finditer(reason):
        yield from (reason[end : found.start()], found.group())
        end = found.end()
    yield reason[end:]


def _first_name(name: str) -> str:
    """Return the first name of a member, titles left out; "" where there is none."""
    return next((part for part in name.split() if part.rstrip(".").casefold() not in _TITLES), "")


def _one_of(words: Iterable[str]) -> str:
    """Return what finds one of some words; of none, what finds nothing."""
    found: Collection[str] = {re.escape(word.strip()) for word in words if word.strip()}
    return f"(?:{'|'.join(sorted(found, key=len, reverse=True))})" if found else r"(?!)"
