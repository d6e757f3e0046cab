"""Telling members of one name apart: the code stands beside a name that two of them share."""

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from models.values.rows import RoundRows
from scoring.written.names import text_key


def distinct_names(members: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return by code what a member is called: the name, or "Ann Sample (M1)" where another has it too."""
    pairs = tuple(members)
    shared = Counter(text_key(name) for _, name in pairs)
    return {code: f"{name} ({code})" if shared[text_key(name)] > 1 else name for code, name in pairs}


def called_apart(rows: RoundRows) -> RoundRows:
    """Return a round whose members are called as `distinct_names` calls them: no two have the same name."""
    names = distinct_names((one.code, one.name or one.code) for one in rows.members)
    return replace(rows, members=tuple(replace(one, name=names[one.code]) for one in rows.members))
