"""Ask why the public is not told who an applicant or a recipient is."""

from collections.abc import Callable
from typing import Any

from gui.listed.form import Across, AtField, Choice, Form, Line, Note
from models.values.awards import GROUNDS, WithheldName
from scoring.written.text import with_capital

WITHHOLD, NAME_AGAIN = "Withhold the name…", "Give the name again"
"""The words of the button beside a name, and once it is withheld."""
WORDS = (
    "Public lists, open data, year tables and the public notice print “Withheld” and the ground in place of "
    "the name. Amount, purpose and reasons stay, without the name. Read each list before you publish it.",
)
WHY = "The record keeps this; the public does not read it"
ALSO = "Also removed from texts, one a line: a house's or a person's name"


def withholding(organisation: str, withhold: Callable[[WithheldName], Any]) -> Form:
    """Return what asks for the ground, the reason, who decided it, and words that would tell who it is."""

    def does(words: str, **told: str) -> Any:
        lines = (line.strip() for line in words.splitlines())
        found = WithheldName(**told, words="\n".join(filter(None, lines)))
        for field, fault in found.faults():
            raise AtField(fault, field)
        return withhold(found)

    grounds = tuple((with_capital(words), code) for code, words in GROUNDS.items())
    return Form(
        title=f"Withhold the name of {organisation}",
        sentences=WORDS,
        action="Withhold the name",
        does=does,
        fields=(
            Choice("ground", "Ground that is printed", options=grounds),
            Note("reason", f"Reason. {WHY}", height=56),
            Across(
                (
                    Line("decided_by", "Decided by"),
                    Line("decided_post", "Post", hint="such as Chief Executive"),
                )
            ),
            Note("words", ALSO, height=56),
        ),
    )
