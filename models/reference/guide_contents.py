"""The guide's contents: which pages it has, in which order."""

import re

import resources

FIRST = "index.md"
LINK = re.compile(r"\]\(([\w-]+\.md)\)")


def pages() -> tuple[str, ...]:
    """Return the names of the guide's pages, in the order of its contents, which are not among them."""
    return tuple(dict.fromkeys(LINK.findall(resources.text(f"help/{FIRST}"))))
