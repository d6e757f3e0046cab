"""Words of the screens that no rule has a sentence for, in the word that the office has for an area."""

from gui.theme.look import look
from scoring.money import column_money as column_money
from scoring.ranking import Status
from scoring.scheme import Allocation, Scheme
from scoring.written.text import counted as counted
from scoring.written.text import listed as listed
from scoring.written.text import without_commands


class OfficeText(str):
    """A sentence in the office's word that remembers how we say it, so that a label can follow the word."""

    __slots__ = ("plain",)
    plain: str


def ours(text: str) -> str:
    """Return a sentence of our own in the office's word for an area; never what somebody typed.

    A command that does the same is left out: the window's own way stands before it.
    """
    text = without_commands(text)
    said = OfficeText(look.area_label.said(text, look.given_names))
    said.plain = text
    return said


def reworded(text: str) -> str:
    """Return what a label was made with in the word now in force; any other text as it is."""
    return ours(text.plain) if isinstance(text, OfficeText) else text


NOTHING = "–"
ALL_AREAS = "All areas"
"""What the choice of areas calls all of them."""
ENDS_UNDO = "Earlier changes can no longer be undone."
"""What every box says that asks for a barrier: a change after which nothing before it is undone."""

STATUS_WORDS = {
    Status.WITHDRAWN: "Withdrawn",
    Status.INELIGIBLE: "Failed a gate",
    Status.INCOMPLETE: "Incomplete",
    Status.NOT_QUORATE: "Not quorate",
    Status.RANKED: "Ranked",
}

RULE_WORDS = {
    Allocation.STOP: "Fund down the list, stop at the first that does not fit",
    Allocation.SKIP: "Fund down the list, skip what does not fit",
    Allocation.PART: "Fund down the list, part-fund at the line",
}
RULE_TIPS = {
    Allocation.STOP: "Each gets the whole it requested, from the top of the list, until one does not fit.",
    Allocation.SKIP: "Each that fits gets the whole it requested; one that does not fit is passed over.",
    Allocation.PART: (
        "Each gets the whole it requested, from the top. The first that does not fit is offered what is "
        "left, where that reaches its minimum workable amount, or half of the request where it names none."
    ),
}


def scheme_words(scheme: Scheme) -> str:
    """Return what there is to mark by: "7 criteria, quality 80 to cost 20"."""
    quality, cost = scheme.split
    return f"{counted(len(scheme.criteria), 'criterion', 'criteria')}, quality {quality} to cost {cost}"


def sentence(words: str) -> str:
    """Return words as a sentence stands on its own: "The rule: ..." is written without its capital."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""


def ended(words: str) -> str:
    """Return words with a full stop where they end without any: "3 members are here" has none yet."""
    return f"{words}." if words[-1:].isalnum() or words[-1:] in {")", "%"} else words


def spoken_outcome(word: str) -> str:
    """Return a chip's word as it stands inside a sentence."""
    return word[:1].lower() + word[1:]
