"""An award schedule as canonical JSON, whose SHA-256 names its data on every file of one issue.

Not among them: what a copy says about itself (version, times, journal head), which changes with each
writing while the figures do not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from scoring import money
from scoring.allocating.over_pot import over_words
from scoring.explaining.words import rules_in_words
from scoring.ranking import PotUse
from scoring.schedule.lines import Line, Signed, Worked
from scoring.schedule.values import PLAIN, AreaMoney, AwardSchedule, pot_uses

MOST = 32
"""The items of a list that are written in one call.

Nothing else in the program runs meanwhile, a window neither: 10 ms for a schedule of 1,000 lines, and more
where the processor has other work.
"""
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def json_text(data: object) -> str:
    """Return JSON-able values as canonical text."""
    if not _is_long(data):
        return _WRITER.encode(data)
    if isinstance(data, dict):
        fields = (f"{_WRITER.encode(key)}:{json_text(data[key])}" for key in sorted(data))
        return "{" + ",".join(fields) + "}"
    assert isinstance(data, list | tuple), "nothing else is long"
    return "[" + ",".join(_parts(data)) + "]"


def _parts(items: list[object] | tuple[object, ...]) -> Iterator[str]:
    for at in range(0, len(items), MOST):
        part = items[at : at + MOST]
        if any(map(_is_long, part)):
            yield from map(json_text, part)
        else:
            yield _WRITER.encode(part)[1:-1]


def _is_long(value: object) -> bool:
    """Whether a value is, or holds, a list of many items; an object is parted where its keys are texts."""
    if isinstance(value, list | tuple):
        return len(value) > MOST or any(map(_is_long, value))
    if isinstance(value, dict):
        return any(map(_is_long, value.values())) and all(isinstance(key, str) for key in value)
    return False


_FORMAT = 1


def values(schedule: AwardSchedule) -> Mapping[str, object]:
    """Return the figures and words of a schedule as JSON-able values; money in pounds, as text.

    What most schedules have nothing of is left out where there is nothing.
    """
    said = {
        "allowances": _allowances(schedule),
        "amended": [list(row) for row in schedule.amended],
        "stands": schedule.stands,
        "shared": [list(names) for names in schedule.shared],
        "signed": [_signed(one) for one in schedule.signed],
        "is_closed": schedule.is_closed,
        "reopened": [list(row) for row in schedule.reopened],
        "to_sign": [
            {"post": one.post, "name": one.name, "areas": list(one.areas)} for one in schedule.to_sign
        ],
        "office": _office(schedule),
    }
    return {
        "format": _FORMAT,
        "fund": schedule.fund,
        "round": schedule.round,
        "year": schedule.year,
        "area": schedule.area,
        "marking": schedule.marking,
        "basis": schedule.basis.value,
        "rules": [list(rule) for rule in rules_in_words(schedule.scheme)],
        "ranked_by": schedule.scheme.ranked_by.value,
        "lines": [_line(line) for line in schedule.lines],
        "unranked": [
            {**row._asdict(), "requested_pence": money.plain_pounds(row.requested_pence)}
            for row in schedule.unranked
        ],
        "areas": [_area(area, use) for area, use in zip(schedule.areas, pot_uses(schedule), strict=True)],
        "stood_aside": [list(row) for row in schedule.stood_aside],
        "exceptions": [list(row) for row in schedule.exceptions],
        "sign_off": list(schedule.sign_off),
        **{key: value for key, value in said.items() if value},
    }


def canonical_text(schedule: AwardSchedule) -> str:
    """Return the values as canonical JSON: keys sorted, no spaces."""
    return json_text(values(schedule))


def sha256(schedule: AwardSchedule) -> str:
    """Return the SHA-256 of the canonical JSON in UTF-8, as 64 hex digits."""
    return hashlib.sha256(canonical_text(schedule).encode("utf-8", "surrogatepass")).hexdigest()


def _allowances(schedule: AwardSchedule) -> list[dict[str, object]]:
    return [
        {
            "area": one.area,
            "amount": money.plain_pounds(one.pence),
            "name": one.name,
            "post": one.post,
            "reason": one.reason,
            **({} if one.on is None else {"on": one.on.isoformat()}),
        }
        for one in schedule.allowances
    ]


def _office(schedule: AwardSchedule) -> dict[str, object]:
    """Return the office and what its paper says of it; nothing of what it did not say."""
    head = schedule.letterhead
    said = {
        "name": schedule.office,
        "facts": [list(fact) for fact in head.facts],
        "area_label": "" if head.area_label == PLAIN.area_label else head.area_label.one,
        "logo": head.logo,
    }
    return {key: value for key, value in said.items() if value}


def _line(line: Line) -> dict[str, object]:
    return {
        "reference": line.reference,
        "organisation": line.organisation,
        "number": line.number,
        "project": line.project,
        "area": line.area,
        "crime_type": line.crime_type,
        "requested": money.plain_pounds(line.requested_pence),
        "recommended": money.plain_pounds_if_any(line.recommended_pence),
        "awarded": money.plain_pounds_if_any(line.awarded_pence),
        "score": money.plain_score(line.total_1e2),
        "price": money.plain_pounds_if_any(line.price_pence),
        "place": line.place,
        "tied": line.tied,
        "place_by": line.place_by,
        "outcome": line.outcome,
        "conditions": list(line.conditions),
        "reason": line.reason,
        "worked": _worked(line.worked),
        **({"award": line.award} if line.award else {}),
        **({"allocated": line.allocated} if line.allocated else {}),
        **({} if line.now_pence is None else {"stands": money.plain_pounds(line.now_pence)}),
    }


def _signed(one: Signed) -> dict[str, object]:
    """Return a signature; its areas only where they are not all."""
    told: dict[str, object] = {
        "post": one.post,
        "name": one.name,
        "on": one.on.isoformat(),
        "notice": one.notice,
        **({"because": one.because} if one.because else {}),
    }
    return {**told, "areas": list(one.areas)} if one.areas else told


def _worked(worked: Worked) -> dict[str, object]:
    received = worked.received_at
    return {
        "marks": [None if marks is None else list(marks) for marks in worked.marks],
        "computed": [None if score is None else str(score) for score in worked.computed],
        "values": list(worked.values_1e2),
        "quality": worked.quality_1e2,
        "cost": worked.cost_1e2,
        "received": None if received is None else received.isoformat(),
        "chair": worked.chair_place,
    }


def _area(area: AreaMoney, use: PotUse) -> dict[str, object]:
    ends = {
        "tolerance_pence": money.plain_pounds(use.tolerance_pence),
        "left_pence": money.plain_pounds(use.left_pence),
        "over_pence": money.plain_pounds(use.over_pence),
        "over_words": over_words(use),
    }
    pounds = {k: money.plain_pounds(v) for k, v in area._asdict().items() if k.endswith("_pence")}
    return {"area": area.area, "lines": area.lines, **pounds, **ends}
