"""One name as several people write it: in any case, spacing, composition and signs."""

from unicodedata import normalize

NAMES = ("Autumn", "Hâf Ynys Môn", "St. Mary’s", "Plant & Phobl", "Wood-End Café")


def spellings(name: str) -> tuple[str, ...]:
    """Return a name as others type it: none is the name itself, and each is the same name."""
    ways = (
        name.upper(),
        name.lower(),
        f" {name}\u00a0",
        name.replace(" ", " \u00a0 "),
        normalize("NFD", name),
        normalize("NFD", name.upper()),
        name.replace("’", "'"),
        name.replace("-", "‑"),
    )
    return tuple(dict.fromkeys(way for way in ways if way != name))


EVERY = tuple((name, way) for name in NAMES for way in spellings(name))
"""Each name with each way to write it."""
