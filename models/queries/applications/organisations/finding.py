"""Finding an organisation by what somebody calls it: any name that it had, or a number of its own."""

from collections.abc import Iterable, Sequence

from models.queries.applications.organisations.lines import OrganisationLine
from models.queries.applications.organisations.merges import Merge
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.names import alike_key, is_same_typed, spelling_key, text_key

MOST_NAMED = 8


def the_organisation(lines: Sequence[OrganisationLine], said: str) -> OrganisationLine:
    """Return the organisation that is meant; refused where it is none of them, or several."""
    found = [line for line in lines if _is_named(line, said)] or [
        line for line in lines if any(is_same_typed(said, name) for name in (line.name, *line.others))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        named = listed([described(line) for line in found], "or")
        raise Refused(f"“{said}” is {named}. Name it by its number, or by a name that only it had.")
    alike = [line.name for line in lines if alike_key(said) in map(alike_key, (line.name, *line.others))]
    hint = f" Did you mean {listed(alike[:MOST_NAMED], 'or')}?" if alike else ""
    raise Refused(f"No organisation “{said}” is in this record.{hint}")


def the_merge(every: Sequence[Merge], said: str, *, apart: bool = False) -> Merge:
    """Return the merge of the organisation that had a name, or what is kept `apart`; refused but for one."""
    merges = [one for one in every if one.is_apart is apart]
    found = [one for one in merges if text_key(one.name) == text_key(said)]
    did, so_far = ("is kept apart from", "Kept apart") if apart else ("was merged into", "Merged")
    if len(found) == 1:
        return found[0]
    if not found:
        known = listed([one.name for one in merges[:MOST_NAMED]]) or "none"
        raise Refused(f"No organisation “{said}” {did} another. {so_far} so far: {known}.")
    into = listed([one.into_name for one in found])
    raise Refused(f"“{said}” {did} {into}. Separate it in the window, where each has its own line.")


def described(line: OrganisationLine) -> str:
    """Return an organisation so that it is told from one of the same name: "Canal Scouts (1012345)"."""
    return f"{line.name} ({', '.join(line.numbers)})" if line.numbers else f"{line.name} (without a number)"


def _is_named(line: OrganisationLine, said: str) -> bool:
    names: Iterable[str] = map(text_key, (line.name, *line.others))
    return text_key(said) in names or spelling_key(said) in map(spelling_key, line.numbers)
