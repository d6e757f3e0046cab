"""Who signs a schedule that waits for its decision: a line for each person, with what it is for."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.schedule.schedule_words import sign_off_rows
from models.papers.award_schedule import award_schedule
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.schedule.canonical import canonical_text
from scoring.schedule.lines import Awarded, PanelOutcome, Recommended, Settled, Signed, ToSign
from tests.exchange.schedule_rounds import made_round, schedule_of

CHAIR, COMMANDER, CHIEF = "Chair of the panel", "Commander", "Chief Executive"
ROUND = made_round(12)
FUNDED = tuple(Recommended(a.reference, PanelOutcome.FUND, 10_000) for a in ROUND.applications)
WHOLE = schedule_of(ROUND, Settled(recommended=FUNDED))
AREAS = tuple(area.area for area in WHOLE.areas if area.lines)


def _areas_of(post: str) -> tuple[str, ...]:
    """Return the areas that a row of the commander's names."""
    return tuple(area for area in AREAS if area in post)


@given(
    st.lists(st.sampled_from(["Cora Command", "Finn Field", ""]), min_size=len(AREAS), max_size=len(AREAS)),
    st.sets(st.sampled_from(AREAS)),
)
def test_each_area_waits_on_one_line_with_the_name_of_whoever_signs_for_it(
    names: list[str], signed_for: set[str]
) -> None:
    own: dict[str, list[str]] = {}
    for area, name in zip(AREAS, names, strict=True):
        own.setdefault(name or area, []).append(area)
    to_sign = tuple(
        ToSign(COMMANDER, "" if who in AREAS else who, tuple(areas)) for who, areas in own.items()
    )
    given_ = Signed(COMMANDER, "Gwen Gone", date(2026, 11, 2), "", tuple(a for a in AREAS if a in signed_for))
    signed = (given_,) if signed_for else ()

    rows = sign_off_rows(replace(WHOLE, to_sign=to_sign, signed=signed))

    waiting = [row for row in rows if row[0].startswith(COMMANDER) and not row[2]]
    told = [area for row in waiting for area in _areas_of(row[0])]
    assert sorted(told) == sorted(set(AREAS) - signed_for), "once each, and nothing that is signed"
    by_area = dict(zip(AREAS, names, strict=True))
    assert all(row[1] == by_area[area] for row in waiting for area in _areas_of(row[0]))
    assert len([row for row in rows if row[0].startswith(CHIEF)]) == 1, "who is not known signs one line"


def test_who_signs_for_every_area_is_named_once_and_nobody_once_all_is_decided() -> None:
    people = (ToSign(CHAIR, "Ann Chairs"), ToSign(CHIEF, "Dan Decides"))
    waiting = schedule_of(ROUND, Settled(recommended=FUNDED, to_sign=people))
    awarded = tuple(Awarded(line.reference, 10_000) for line in waiting.lines)
    decided = schedule_of(ROUND, Settled(recommended=FUNDED, awarded=awarded, to_sign=people))

    rows = [row[:3] for row in sign_off_rows(waiting)]
    assert rows == [(CHAIR, "Ann Chairs", ""), (COMMANDER, "", ""), (CHIEF, "Dan Decides", "")]
    assert decided.to_sign == ()
    assert '"to_sign":[{' in canonical_text(waiting)
    assert '"to_sign"' not in canonical_text(decided) + canonical_text(WHOLE)


def test_a_schedule_of_one_area_names_who_signs_there_alone() -> None:
    people = tuple(ToSign(COMMANDER, f"Sgt of {area}", (area,)) for area in AREAS)
    settled = Settled(recommended=FUNDED, to_sign=people)
    one = award_schedule(ROUND, rank(scored_round(ROUND)), settled, area=AREAS[0])

    assert one.to_sign == (ToSign(COMMANDER, f"Sgt of {AREAS[0]}", (AREAS[0],)),)
