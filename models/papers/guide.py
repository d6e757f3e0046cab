"""The guide: its pages in their order, and each as it is read, with lists of what the program declares."""

import re
from functools import cache

import resources
from models.papers.kinds import KINDS
from models.values.rounds import WORDS

FIRST, COMMANDS, APPROVAL = "index.md", "commands.md", "approval.md"
LINK = re.compile(r"\]\(([\w-]+\.md)\)")
_STAGES = (*WORDS, "the end")
_PAPER = "- **{0.words}** (`{1}`: {2}). {0.about}. {0.group}, at {3}. Kept {0.kept.value}."
_AS_READ = (
    (r"\n      ", " "),
    (r"^    (?:in|for) .*\n", ""),
    (r"^    e\.g\. (.*)", r"     grant-panel \1\n"),
    (r"^    (?! )((?:\S| (?! ))+?)[!~]*$", r"- `\1`"),
    (r"^    (?! )(?:\|!? )?(.+?)[!&+*?~¶]*(?: =.*?)?(?: as \w+)?  ", r"- `\1`: "),
    (r"^     ", "\n    "),
    (r"^(\w.*?)  (.*)", r"## \1\n\nTo \2.\n"),
)
"""How the manual of the command becomes a page: what is found, in turn, and what stands for it."""


def pages() -> tuple[str, ...]:
    """Return the names of the guide's pages, in the order of its contents, which are not among them."""
    return tuple(dict.fromkeys(LINK.findall(resources.text(f"help/{FIRST}"))))


@cache
def page(name: str) -> str:
    """Return a page of the guide; those of papers, commands and licences end with the list of them."""
    return "\n".join((resources.text(f"help/{name}"), _LISTS.get(name, str)()))


def _papers() -> str:
    return "\n".join(
        _PAPER.format(
            kind,
            "`, `".join(kind.asked),
            ", ".join(kind.endings) or "a folder",
            ", ".join(_STAGES[at] for at in kind.called_at) or "any time",
        )
        for kind in KINDS.values()
    )


def _commands() -> str:
    text = resources.text("command/manual.txt")
    for found, shown in _AS_READ:
        text = re.sub(found, shown, text, flags=re.M)
    return text


def _licences() -> str:
    heads = re.findall(r"^={100}\n(.+)\n={100}$", resources.text("licences/licences.txt"), re.M)
    return "\n".join(f"- {head}" for head in heads)


_LISTS = {"paper-list.md": _papers, COMMANDS: _commands, "licences.md": _licences}
