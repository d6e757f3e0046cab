"""The manual of the command, from which it is made: every subcommand with its options, in one text.

`resources/command/manual.txt` has a paragraph for each. Its first line names the subcommand, and after two
spaces says what it does; `in` says which function carries it out, `e.g.` gives an example. Each other line is
an argument as its help shows it, and after two spaces what it means; a line that goes on is indented again.
"""

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache

from msgspec import Struct

import resources

MANUAL = "command/manual.txt"
Type = Callable[[str], object] | Collection[str]
"""How what is typed is read: by a function, or as one of some words."""
_FORM = re.compile(r"(\|!?)? ?(--[a-z-]+)? ?(.*?)([!&+*?~¶<]*)((?:>\.[a-z]*)?)")
_WORDS = re.compile(r"[A-Z]+(?: [A-Z]+)+")


class Argument(Struct, frozen=True):
    r"""An argument as the manual writes it.

    `!` is a must; `&` may be given again; `+`, `*` and `?` take one or more, any number, at most one; `~` is
    kept as it was typed; `¶` takes a new line for each \n; `<` is a file that is read, `>.pdf` one that is
    written, and ends so: each may be `-`. `|` and `|!` stand before those of which only one
    is given, or just one.
    """

    flag: str
    metavar: str
    marks: str
    dest: str
    default: str | None
    either: str
    words: str
    written: str = ""

    @property
    def name(self) -> str:
        """Return where what is given is kept."""
        return self.dest or (self.flag[2:] or self.metavar).lower().replace("-", "_")


class Paragraph(Struct, frozen=True):
    """What the manual says of a subcommand, or of an action of one."""

    path: tuple[str, ...]
    words: str
    function: str
    example: str
    arguments: tuple[Argument, ...]


@cache
def manual() -> Mapping[tuple[str, ...], Paragraph]:
    """Return every paragraph by the words that lead to it, in the order of the text."""
    text = resources.text(MANUAL)
    found = map(_paragraph, text.strip().split("\n\n"))
    return {one.path: one for one in found}


def _paragraph(text: str) -> Paragraph:
    first, *lines = text.replace("\n      ", " ").split("\n")
    path, _, words = first.partition("  ")
    said = {"in": "", "e.g.": ""}
    arguments = []
    for form, _, rest in (line.strip().partition("  ") for line in lines):
        kind, _, value = form.partition(" ")
        if kind in said:
            said[kind] = value
        else:
            arguments.append(_argument(form, rest))
    return Paragraph(tuple(path.split(" ")), words, said["in"], said["e.g."], tuple(arguments))


def _argument(text: str, words: str) -> Argument:
    form, has_default, default = text.partition(" =")
    form, _, dest = form.partition(" as ")
    found = _FORM.fullmatch(form)
    assert found is not None, text
    either, flag, metavar, marks, ending = (part or "" for part in found.groups())
    blank = default.strip() if has_default else None
    return Argument(flag, metavar, marks, dest, blank, either, words, ending.removeprefix(">"))


def metavars(metavar: str) -> tuple[str, ...]:
    """Return what an option takes at once: FROM TO POUNDS are three."""
    return tuple(metavar.split(" ")) if _WORDS.fullmatch(metavar) else ()
