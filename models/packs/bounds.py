"""How much one pack or return may hold, so that reading and merging it stay short whoever made it."""

from collections import Counter
from collections.abc import Sequence

from models.packs.revisions import Revision

MOST_REVISIONS = 50_000
"""Of all that a member enters: a thousand applications, twelve criteria, each with a reason, and again."""
MOST_OF_ONE = 500
"""Of one mark, reason or declaration. One is added each time that it changed between two returns."""
MOST_PARENTS = 100
LONGEST_VALUE = 70_000
"""Characters of one value as JSON: a reason as long as a cell of a workbook holds, all of it escaped."""
MOST_CHARACTERS = 20_000_000
"""Characters of all values together."""


MOST_ROLES, MOST_AREAS = 20, 1_000
"""Of the roles of a panel, and of areas with dates."""


def is_modest(roles: int, areas: int) -> bool:
    """Whether a pack names no more roles and areas than a round can have."""
    return roles <= MOST_ROLES and areas <= MOST_AREAS


def too_much(revisions: Sequence[Revision]) -> str:
    """Return what there is too much of, as the end of a sentence; "" where it is within bounds."""
    if len(revisions) > MOST_REVISIONS:
        return f"holds {len(revisions):,} values, and no more than {MOST_REVISIONS:,} are read"
    if sum(len(revision.value) for revision in revisions) > MOST_CHARACTERS:
        return f"holds more than {MOST_CHARACTERS:,} characters of reasons"
    for revision in revisions:
        if len(revision.value) > LONGEST_VALUE:
            return f"holds a reason of more than {LONGEST_VALUE:,} characters"
        if len(revision.parents) > MOST_PARENTS:
            return f"holds a value that follows more than {MOST_PARENTS} others"
    changes = max(Counter(revision.key for revision in revisions).values(), default=0)
    if changes > MOST_OF_ONE:
        return f"holds one mark or reason that was changed {changes:,} times, and {MOST_OF_ONE:,} are read"
    return ""
