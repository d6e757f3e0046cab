"""Members of one name: the code tells two of them apart, and whether they are two is asked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from msgspec.structs import replace

from models.values.rows import MemberRow, RoundRows
from scoring.refused import Refused
from scoring.written.names import person_words, text_key


def distinct_names(members: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return by code what a member is called: the name, or "Ann Sample (M1)" where another has it too."""
    pairs = tuple(members)
    shared = Counter(text_key(name) for _, name in pairs)
    return {code: f"{name} ({code})" if shared[text_key(name)] > 1 else name for code, name in pairs}


def called_apart(rows: RoundRows) -> RoundRows:
    """Return a round whose members are called as `distinct_names` calls them: no two have the same name."""
    names = distinct_names((one.code, one.name or one.code) for one in rows.members)
    return replace(rows, members=tuple(replace(one, name=names[one.code]) for one in rows.members))


def refuse_one_person(members: Sequence[MemberRow], known: Sequence[MemberRow] = ()) -> None:
    """Refuse members who look like one person, whose sheets would count as two; not those `known` as two."""
    there = set(_pairs(known))
    pairs = [pair for pair in _pairs(members) if pair not in there]
    if pairs:
        raise Refused(
            f"{one_person_words(members, pairs)} If they are two people, say so with --same-person no; if it "
            "is one, take one of the two off Members and Marks. Nothing was changed."
        )


def one_person_words(members: Sequence[MemberRow], pairs: Sequence[tuple[str, str]] = ()) -> str:
    """Say which members look like one person, "" for none; `pairs` are those to name, by code."""
    names = {member.code: member.name for member in members}
    named = [_pair_words(names, *pair) for pair in pairs or _pairs(members)]
    if not named:
        return ""
    return f"{'; '.join(named)}: their sheets count as those of two members."


def _pair_words(names: Mapping[str, str], one: str, other: str) -> str:
    if names[one] == names[other]:
        return f"The members {one} and {other} may be one person, {names[one]}"
    return f"The members {one} {names[one]} and {other} {names[other]} may be one person"


def _pairs(members: Sequence[MemberRow]) -> tuple[tuple[str, str], ...]:
    """Return the codes of each two members who look like one person, in the order of the panel."""
    named = [(member.code, person_words(member.name)) for member in members]
    return tuple(
        (one, other) for (one, name), (other, again) in combinations(named, 2) if name and name == again
    )
