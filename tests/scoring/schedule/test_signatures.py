"""Who decided, in words: joint signers stand together under each notice, in one order."""

from datetime import date

from scoring.schedule.lines import Signed
from scoring.schedule.signatures import decisions_in_words, made_in_words, signed_words
from scoring.schedule.values import AwardSchedule
from tests.scoring.schedule.test_schedule import line, money, schedule

FIRST, SECOND, THIRD = date(2026, 9, 24), date(2026, 9, 28), date(2026, 10, 1)
CORA = Signed("Commander", "Cora Command", FIRST, "7/2026", ("North",))
RHONA = Signed("Commander", "Rhona Blake", FIRST, "7/2026", ("South",))
ABE = Signed("Ambassador", "Abe Envoy", SECOND, "7/2026")


def decided(*signed: Signed) -> AwardSchedule:
    """Return a schedule of two areas that these signed."""
    lines = line("A-1"), line("B-1", "South")
    areas = tuple(money(area, 1, 100_000, 90_000) for area in ("North", "South"))
    return schedule(lines, areas, signed=signed)


def test_joint_signers_stand_together_with_the_areas_that_they_decided() -> None:
    chair = Signed("Chair of the panel", "Ann Chair", FIRST)

    assert list(decisions_in_words(decided(chair, CORA, RHONA, ABE))) == [
        "Cora Command, Commander, on 24 September 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 7/2026, for North",
        "Rhona Blake, Commander, on 24 September 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 7/2026, for South",
    ]


def test_they_stand_in_one_order_whoever_signed_a_notice_first() -> None:
    abe = ABE._replace(notice="9/2026", areas=("South",))
    again = RHONA._replace(notice="9/2026", on=THIRD)

    assert list(decisions_in_words(decided(RHONA, abe, again))) == [
        "Rhona Blake, Commander, on 24 September 2026, notice 7/2026, for South",
        "Rhona Blake, Commander, on 1 October 2026, and Abe Envoy, Ambassador, on 28 September 2026, "
        "notice 9/2026, for South",
    ]


def test_who_decided_all_areas_names_none_of_them() -> None:
    both = ABE, Signed("Mayor", "Dan Decides", SECOND, "7/2026")

    assert list(decisions_in_words(decided(*both))) == [
        "Abe Envoy, Ambassador, and Dan Decides, Mayor, on 28 September 2026, notice 7/2026"
    ]


def test_who_signed_on_two_days_is_named_once_with_both() -> None:
    assert signed_words((CORA, CORA._replace(on=THIRD), ABE)) == (
        "Cora Command, Commander, on 24 September 2026 and 1 October 2026, and Abe Envoy, Ambassador, on "
        "28 September 2026"
    )


def test_those_who_decided_several_notices_have_one_sentence_with_the_notices_in_order() -> None:
    abe = [ABE._replace(notice=of, areas=("South",)) for of in ("9/2026", "8/2026")]
    own = RHONA._replace(notice="8/2026"), RHONA._replace(notice="9/2026", on=THIRD)
    dan = Signed("Mayor", "Dan Decides", SECOND, "7/2026", ("North",))

    assert made_in_words(decided(CORA, *own, dan, *abe)) == (
        "Notice 7/2026 is recorded as decided by Cora Command, Commander, and Dan Decides, Mayor. "
        "Notices 8/2026 and 9/2026 are recorded as decided by Rhona Blake, Commander, and Abe Envoy, "
        "Ambassador."
    )
    assert made_in_words(decided(*own, *abe)) == (
        "The decision is recorded as made by Rhona Blake, Commander, and Abe Envoy, Ambassador."
    )
    assert made_in_words(decided(CORA, RHONA, ABE)) == (
        "Notice 7/2026, for North, is recorded as decided by Cora Command, Commander, and Abe Envoy, "
        "Ambassador. Notice 7/2026, for South, is recorded as decided by Rhona Blake, Commander, and Abe "
        "Envoy, Ambassador."
    )
