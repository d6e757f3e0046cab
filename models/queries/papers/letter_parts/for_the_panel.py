"""Which agreed reasons seem to be meant for the panel, though letters to applicants repeat them.

Nobody but the office can tell for certain, so they are named before a recommendation and before letters go
out, and nothing is left out.
"""

import re
from collections.abc import Container, Iterable, Iterator

from models.papers.letters import MOST_NAMED, Letter
from models.values.rows import RoundRows
from scoring.counted import counted, first_of
from scoring.written.text import quoted

_FOR_THE_PANEL = re.compile(
    r"\b(?:ask|tell) (?:the )?chair\b|\bchair to (?!the\b)\w|\bn\.?b\b|\btbc\b|"
    r"\bto check(?= re\b| w/|[.;,)?]|$)|(?:^|[(.;] ?)check (?:w/|with|re)|\?\?",
    re.IGNORECASE,
)
"""Words with which a member speaks to the others: something is still to be asked, checked or settled."""
CHANGE_IT = "Letters to applicants repeat it, so change it before the recommendation is recorded."
READ_IT = "Read it, and take it out of the letter’s Word file before it goes out."


def meant_for_the_panel(reason: str, codes: Iterable[str] = ()) -> bool:
    """Whether a reason speaks to the panel, or names one of its members by a code such as M2."""
    named = (rf"\b{re.escape(code)}\b" for code in codes if any(map(str.isdigit, code)))
    return _FOR_THE_PANEL.search(reason) is not None or any(re.search(each, reason) for each in named)


def reasons_to_change(rows: RoundRows, references: Container[str]) -> Iterator[str]:
    """Yield in a sentence which of these applications have such an agreed reason; none yields nothing."""
    told = ((of.application, of.given_reasons) for of in rows.agreed if of.application in references)
    if here := tuple(_found(told, rows)):
        have = counted(len(here), "application has", "applications have")
        named = first_of(here, MOST_NAMED)
        yield f"{have} an agreed reason that seems meant for the panel: {named}. {CHANGE_IT}"


def remarks_to_read(letters: Iterable[Letter], rows: RoundRows) -> Iterator[str]:
    """Yield in a sentence which letters repeat such a reason; none yields nothing."""
    told = ((letter.named, [reason for _, reason in letter.feedback]) for letter in letters)
    if here := tuple(_found(told, rows)):
        repeat = counted(len(here), "letter repeats", "letters repeat")
        yield f"{repeat} a remark that seems meant for the panel: {first_of(here, MOST_NAMED)}. {READ_IT}"


def _found(told: Iterable[tuple[str, Iterable[str]]], rows: RoundRows) -> Iterator[str]:
    """Yield the name of each that has such a reason, with the first one's first words."""
    codes = [member.code for member in rows.members]
    for name, reasons in told:
        if first := next((each for each in reasons if meant_for_the_panel(each, codes)), ""):
            yield f"{name} ({quoted(first)})"
