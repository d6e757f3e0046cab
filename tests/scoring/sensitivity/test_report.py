"""How sure a list is, in one value: each member left out, marks combined otherwise, and the rest."""

from decimal import Decimal

from msgspec.structs import replace

from scoring.rank import rank
from scoring.round import Round
from scoring.scheme import Combine, Method, Scheme
from scoring.sensitivity.one_by_one import AmountChanged, CombinedOtherwise, MemberLeftOut, leave_one_out
from scoring.sensitivity.report import DrawSettings, sensitivity
from tests.scoring.builders import application, criterion, one_question, sheet, simple_round

MEMBERS = ("M1", "M2", "M3")
FEW = DrawSettings(count=20)
PENCE = 100_000
WITHOUT_M1 = MemberLeftOut(
    "M1", ("B",), ("A",), (AmountChanged("A", PENCE, 0), AmountChanged("B", 0, PENCE)), ("C",)
)
"""A (65 on the mean) has the pot for one before B (35); on M2's marks alone B has it, and C has no mark."""


def contested() -> Round:
    """Return a round with money for one of A and B, on which M1 and M2 differ; C has M1's mark alone."""
    applications = tuple(application(reference) for reference in "ABC")
    sheets = (
        sheet("A", 90),
        sheet("A", 40, member="M2"),
        sheet("B", 10),
        sheet("B", 60, member="M2"),
        sheet("C", 5),
    )
    return replace(
        simple_round({}, pot=1000, applications=applications, scheme=one_question()), sheets=sheets
    )


def test_one_value_has_every_part_and_says_how_far_it_is() -> None:
    round_, told = contested(), list[tuple[int, int]]()
    found = sensitivity(round_, rank(round_), MEMBERS, FEW, lambda done, of: told.append((done, of)))

    assert found.leave_one_out == (WITHOUT_M1, MemberLeftOut("M2", (), (), (), ()))  # M3 has no sheet
    assert found.combine == {
        Combine.MEAN: CombinedOtherwise((), ()),
        Combine.MEDIAN: CombinedOtherwise((), ()),
        Combine.TRIMMED: None,  # two marks are too few to leave the outermost out
    }
    assert found.published_1e4 == round_.scheme.quality_1e4
    assert (found.split, found.challenger.taken) == (None, ("A",))
    assert found.draws is not None
    assert found.draws.count == FEW.count
    assert found.agreement is not None
    assert told == sorted(told)
    assert told[-1] == (100, 100)


def test_under_agreed_marks_a_member_is_left_out_of_the_mean() -> None:
    round_ = contested()
    agreed = replace(round_, scheme=replace(round_.scheme, combine=Combine.CONSENSUS))

    assert leave_one_out(agreed, rank(agreed), MEMBERS)[0] == WITHOUT_M1
    assert leave_one_out(agreed, rank(agreed), MEMBERS, "Elsewhere")[0] == MemberLeftOut("M1", (), (), (), ())


def test_without_a_judged_criterion_no_weight_is_drawn() -> None:
    cost = criterion("C", 100, "cost", method=Method.LINEAR, low=Decimal(0), high=Decimal(2000))
    round_ = simple_round(
        {}, scheme=Scheme((cost,), quorum=0), applications=(application("A"), application("B", 500))
    )

    found = sensitivity(round_, rank(round_), MEMBERS)

    assert (found.draws, found.leave_one_out) == (None, ())
    assert found.challenger.taken == ("A", "B")
