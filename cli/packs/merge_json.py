"""What importing returns came to, as JSON."""

import json
from pathlib import Path

from models.packs.plans import Difference, Item, MemberPlan, Plan
from models.packs.reports import Incoming
from models.packs.signing import short_code


def merge_json(
    planned: Plan, came: Incoming, *, is_done: bool, report: Path | None = None
) -> dict[str, object]:
    """Return the document: counts, and every value that is taken, differs or is refused, by member."""
    return {
        "merged": is_done,
        "nothing_new": not planned.is_new,
        "new": len(planned.taken),
        "differ": len(planned.differences),
        "refused": len(planned.refused),
        "members": [_member(member) for member in planned.members],
        "warnings": list(came.warnings),
        "for_a_person": list(came.left),
        "report": str(report) if report else None,
    }


def _member(member: MemberPlan) -> dict[str, object]:
    codes = [short_code(bytes.fromhex(key)) for key in member.new_keys]
    return {
        "member": member.code,
        "name": member.name,
        "new_key": codes[-1] if codes else None,
        "new_keys": codes,
        "key_changed": member.is_key_changed,
        "new": [_item(item) for item in member.taken],
        "differ": [_difference(found) for found in member.differences],
        "refused": [{**_item(item), "reason": item.words} for item in member.refused],
    }


def _item(item: Item) -> dict[str, object]:
    """Return a value: a mark as a number, a reason as text, handed in as yes or no, interests as a list."""
    return {
        "application": item.reference or None,
        "what": item.slot,
        "before": json.loads(item.before),
        "after": json.loads(item.after),
    }


def _difference(found: Difference) -> dict[str, object]:
    return {
        "application": found.reference or None,
        "what": found.key.slot,
        "here": json.loads(found.here),
        "return": [json.loads(side.value) for side in found.sides if not side.is_here],
    }
