"""What the next stage waits for, in the words of its checklist and button."""

from collections.abc import Iterable, Sequence

from models.queries.set_up.next_stage import DECIDING, MEETING, OFFERED, SCORING, NextStage
from scoring.counted import counted


def ready_groups(stages: Iterable[NextStage]) -> tuple[tuple[NextStage, ...], ...]:
    """Return the areas that are ready and the chair may move on, those at one stage together, first first."""
    ready = [one for one in stages if one.is_ready and one.stage in OFFERED]
    groups = (tuple(one for one in ready if one.stage == stage) for stage in OFFERED)
    return tuple(group for group in groups if group)


def offer_words(group: Sequence[NextStage]) -> str:
    """Return what is offered: "Open scoring: 3 areas, 33 applications ready, 4 declared"."""
    return f"{group[0].verb}: {counted(len(group), 'area')}, {checklist_words(group)}"


def checklist_words(group: Sequence[NextStage]) -> str:
    """Return the checklist of areas at one stage in figures: "33 applications ready, 4 declared"."""
    applications = counted(sum(one.applications for one in group), "application")
    if group[0].stage == "intake":
        declared = len({code for one in group for code in one.declared})
        missing = len({code for one in group for code in one.undeclared})
        of = f"{declared} of {declared + missing}" if missing else f"{declared}"
        return f"{applications} ready, {of} declared"
    if group[0].stage == SCORING:
        sheets = counted(sum(one.sheets for one in group), "score sheet")
        return f"{applications}, {sheets} handed in"
    if group[0].stage == MEETING:
        left = sum(one.open_items for one in group)
        done = sum(one.applications for one in group) - left
        return f"{done} of {applications} settled" if left else f"{applications} settled"
    is_decided = group[0].stage == DECIDING and not any(one.still_open for one in group)
    return f"{applications} decided" if is_decided else applications


def waiting_words(stages: Iterable[NextStage]) -> str:
    """Say what the first area that is not ready waits for: "To open scoring in Dudley: …"; "" for none."""
    held = [one for one in stages if one.stage in OFFERED[:-1] and not one.is_ready]
    for one in held:
        left = one.held_up_by
        more = f" {len(held) - 1} more areas are waiting too." if len(held) > 2 else ""
        more = " 1 more area is waiting too." if len(held) == 2 else more
        verb = one.verb[:1].lower() + one.verb[1:]
        return f"To {verb} in {one.area}: {' '.join(left)}{more}" if left else ""
    return ""
