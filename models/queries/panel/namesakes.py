"""Telling members of one name apart: the code stands beside a name that two of them share."""

from collections import Counter
from collections.abc import Iterable

from scoring.written.names import text_key


def distinct_names(members: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return by code what a member is called: the name, or "Ann Sample (M1)" where another has it too."""
    pairs = tuple(members)
    shared = Counter(text_key(name) for _, name in pairs)
    return {code: f"{name} ({code})" if shared[text_key(name)] > 1 else name for code, name in pairs}
