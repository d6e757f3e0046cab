"""A text as somebody typed or pasted it: put on one line, and quoted where it cannot be read."""

import re

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
"""What says nothing; no file for a spreadsheet or Word may hold it."""
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_MOST_SHOWN = 40
_STOPS = (".", "!", "?", "…")
_GO_ON = (*_STOPS, ",", ":", ";", "”")
"""What a line ends with that needs no sign before the next."""
_BULLET = re.compile(r"^[-–•*·]\s+")


class Unreadable(ValueError):
    """What is written is not what it should be; `str()` is a sentence that names the value and the remedy.

    `kept` is the text to keep all the same ("" when nothing is): a bad postcode or number in capitals.
    """

    def __init__(self, message: str, kept: str = "") -> None:
        super().__init__(message)
        self.kept = kept


def tidied(text: str) -> str:
    """Make line ends alike, drop control characters, and take spaces and invisible marks off both ends."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    before = None
    while text != before:
        before, text = text, text.strip().strip(_INVISIBLE)
    return text


def one_line(text: str) -> str:
    """Put a heading or a name on one line, with single spaces."""
    return " ".join(tidied(text).split())


def with_capital(text: str) -> str:
    """Return a text as a sentence begins; what follows its first letter stays as it is."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """Return a text with one full stop, where it ends with none, a question mark or the like; "" stays.

    >>> as_sentence("Paid to Gwyl Cyf."), as_sentence("Kick-off!"), as_sentence("No reply,")
    ('Paid to Gwyl Cyf.', 'Kick-off!', 'No reply.')
    """
    text = text.rstrip(" ,;")
    return text if not text or text.endswith((*_STOPS, ":")) else f"{text}."


def in_one_run(text: str) -> str:
    r"""Return the lines of a text one after the other: sentences stay such, other lines are parted by "; ".

    A line that ends with a comma or a colon goes on in the next, and so does one whose next begins with a
    small letter and no sign of a list, which has none before its items.

    >>> in_one_run("Two aims:\n- less crime\n- less fear\nNear the park,\nand lit.")
    'Two aims: less crime; less fear; Near the park, and lit.'
    """
    lines = [one_line(line) for line in tidied(text).split("\n") if line.strip()]
    bare = [_BULLET.sub("", line, count=1) for line in lines]
    parted = (
        line if line.endswith(_GO_ON) or following[:1].islower() else f"{line};"
        for line, following in zip(bare, lines[1:], strict=False)
    )
    return " ".join([*parted, *bare[-1:]])


def list_item(line: str) -> str:
    """Return what a line says as the item of a list, "" where it begins with no sign of one.

    >>> list_item("• two evenings a week"), list_item("Two evenings - a week")
    ('two evenings a week', '')
    """
    return _BULLET.sub("", line, count=1) if _BULLET.match(line) else ""


def as_sentences(text: str) -> str:
    r"""Return what somebody wrote as it follows a sentence: in one run, with a capital and a full stop.

    >>> as_sentences("reduces crime\nand the fear of it")
    'Reduces crime and the fear of it.'
    """
    return as_sentence(with_capital(in_one_run(text)))


def quoted(text: str) -> str:
    """Show what is written within a sentence, on one line and shortened when long."""
    text = one_line(text)
    return f"“{text}”" if len(text) <= _MOST_SHOWN else f"“{text[: _MOST_SHOWN - 1]}…”"


def cut_to(text: str, most: int) -> str:
    """Return a text of at most so many letters: a longer one ends between two words, and with "…".

    >>> cut_to("Safer streets, stronger families", 24), cut_to("Throckmortonshire", 8)
    ('Safer streets, stronger…', 'Throckm…')
    """
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0].rstrip(' ,;:-–') or text[: most - 1]}…"


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
