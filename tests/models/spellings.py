"""One name as several people write it: in any case, spacing, composition and signs."""

from unicodedata import normalize

NAMES = ("Autumn", "Hâf Ynys Môn", "St. Mary’s", "Plant & Phobl", "Wood-End Café")


def spellings(name: str) -> tuple[str, ...]:
    """Return a name as others type it: none is the name itself, and each is the same name."""
    return tuple(dict.fromkeys(way for way in _ways(name) if way != name))


def _ways(name: str) -> tuple[str, ...]:
    return (
        name.upper(),
        name.lower(),
        f" {name}\u00a0",
        name.replace(" ", " \u00a0 "),
        normalize("NFD", name),
        normalize("NFD", name.upper()),
        name.replace("’", "'"),
        name.replace("-", "‑"),
    )


EVERY = tuple((name, way) for name in NAMES for way in spellings(name))
"""Each name with each way to write it, for what compares names."""
EACH_WAY = tuple((NAMES[at], _ways(NAMES[at])[way]) for way, at in enumerate((1, 3, 0, 3, 1, 4, 2, 4)))
"""Each way to write a name once, of one name or another, for what only asks whether two are the same."""
