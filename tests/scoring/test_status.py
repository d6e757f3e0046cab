"""What stands between a round and its list, things counted, and money in words."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scoring import money
from scoring.rank import rank
from scoring.ranking import Status
from scoring.round import Area, Eligibility, Interest, InterestKind, NotApplicable, Round
from scoring.scheme import Basis, Combine, Method, Scheme
from scoring.written.text import listed, said_once
from tests.scoring.builders import agreed, application, criterion, one_question, published, sheet


def round_of(scheme, applications, sheets=(), **more) -> Round:
    return Round("F", "R", scheme, (Area("Coventry", 10**7),), tuple(applications), tuple(sheets), **more)


def first(round_):
    return rank(round_).standings[0]


def test_every_reason_for_incomplete_is_listed():
    scheme = published(combine=Combine.CONSENSUS)
    unready = application("X", eligibility=Eligibility.TO_CHECK, eligibility_reason="own bank account")

    standing = first(round_of(scheme, [unready], agreed=(agreed("X", 4, None, 3, 3, 3, None, 2),)))

    assert standing.status is Status.INCOMPLETE
    assert standing.reasons == (
        "gate not checked: own bank account",
        "no agreed mark on A2",
        "no agreed mark on A6",
        "no submitted sheet",
    )


@pytest.mark.parametrize("kind", [k for k in InterestKind if k is not InterestKind.NONE])
def test_a_conflict_or_an_abstention_takes_the_sheet_and_the_member_out(kind):
    sheets = [sheet("X", 100, member="M1"), sheet("X", 40, member="M2")]

    standing = first(
        round_of(one_question(), [application("X")], sheets, interests=(Interest("M1", "X", kind),))
    )

    assert (standing.counting_members, standing.total_1e2) == (1, 4000)


def test_drafts_never_count_and_a_missing_mark_is_never_nought():
    sheets = [
        sheet("X", 80, member="M1"),
        sheet("X", 10, member="M2", submitted=False),
        sheet("X", None, member="M3"),
    ]

    ranking = rank(round_of(one_question(), [application("X")], sheets))

    assert (ranking.standings[0].counting_members, ranking.standings[0].total_1e2) == (1, 8000)
    assert ranking.warnings == (
        "The sheet of M3 for X is marked as handed in but has no mark on Q: "
        "it is taken as a draft and does not count.",
    )


def test_agreed_marks_without_any_sheet_are_said_once():
    scheme = one_question(combine=Combine.CONSENSUS)
    applications = [application("X"), application("Y")]

    ranking = rank(round_of(scheme, applications, agreed=(agreed("X", 5), agreed("Y", 5))))

    assert [s.reasons for s in ranking.standings] == [("no submitted sheet",)] * 2
    assert ranking.warnings == (
        "Agreed marks are there, but no member's sheet: "
        "add the Marks sheet, since quorum is counted from it.",
    )


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (Basis.UNIT, "C needs the number of beneficiaries, which is not known"),
        (Basis.SHARE, "C needs the total project cost, which is not known"),
    ],
)
def test_an_unknown_figure_makes_incomplete_and_is_named(basis, words):
    criteria = (criterion("Q", 70), criterion("C", 30, "cost", method=Method.LOWEST, basis=basis))
    scheme = Scheme(criteria, combine=Combine.MEAN)

    standing = first(round_of(scheme, [application("X", beneficiaries=0)], [sheet("X", 3)]))

    assert (standing.status, standing.reasons) == (Status.INCOMPLETE, (words,))


def test_floors_name_both_figures_and_equal_passes():
    scheme = Scheme(
        (criterion("A1", 50, floor=Decimal(2)), criterion("A2", 50)),
        combine=Combine.MEAN,
        minimum_total=Decimal(60),
        minimum_quality=Decimal("60.00"),
    )

    standings = rank(
        round_of(scheme, [application("X"), application("Y")], [sheet("X", 1, 4), sheet("Y", 2, 4)])
    ).standings

    assert [(s.reference, s.status, s.below_threshold) for s in standings] == [
        ("Y", Status.RANKED, ()),
        (
            "X",
            Status.RANKED,
            (
                "A1 1.00 is below the minimum of 2.00",
                "quality 50.00 is below the minimum of 60.00",
                "total 50.00 is below the minimum of 60.00",
            ),
        ),
    ]


def test_where_every_judged_criterion_is_aside_no_mark_is_asked_for() -> None:
    cost = criterion("C", 30, "cost", method=Method.LOWEST)
    scheme = Scheme((criterion("Q", 70), cost), combine=Combine.MEAN, not_applicable_allowed=True)
    not_applicable = (NotApplicable("X", "Q"),)

    standing = first(round_of(scheme, [application("X")], not_applicable=not_applicable))

    assert (standing.status, standing.reasons) == (
        Status.INCOMPLETE,
        ("no criterion left on the quality side",),
    )


def test_names_with_commas_are_parted_by_semicolons_and_the_same_sentence_is_said_once() -> None:
    names = ["North Saltings, Cockle Row and Samphire Cross", "The Hundred of Mudlark", "Brackwater"]

    assert [listed(names[:n]) for n in range(1, 4)] == [
        "North Saltings, Cockle Row and Samphire Cross",
        "North Saltings, Cockle Row and Samphire Cross; and The Hundred of Mudlark",
        "North Saltings, Cockle Row and Samphire Cross; The Hundred of Mudlark; and Brackwater",
    ]

    files = [f"{name}.docx" for name in "abcde"]
    told = [(file, f"{file}: it has macros.") for file in files]

    assert list(
        said_once([*told, ("a.docx", "a.docx: it is ours."), ("b.docx", "b.docx is too large.")])
    ) == [
        "5 files (a.docx, b.docx, c.docx and 2 more): it has macros.",
        "a.docx: it is ours.",
        "b.docx is too large.",
    ]


@given(st.fractions())
def test_rounding_moves_a_value_by_half_at_most(value):
    assert -Fraction(1, 2) < money.half_up(value) - value <= Fraction(1, 2)


def test_printed_forms():
    assert money.pounds(450_000) == "£4,500.00"
    assert money.pounds(-214_005) == "−£2,140.05"
    assert (money.short_pounds(450_000), money.short_pounds(450_050)) == ("£4,500", "£4,500.50")
    assert (money.plain_pounds(450_000), money.plain_pounds(-5)) == ("4500.00", "-0.05")
    assert (money.score(7625), money.score(None), money.score(-5)) == ("76.25", "–", "−0.05")
    assert (money.percent(625_000), money.percent(800_000)) == ("62.5", "80")
    assert money.decimal_text(Decimal("2.50")) == "2.5"
    assert (money.plain_pounds_if_any(None), money.plain_pounds_if_any(5)) == (None, "0.05")
    assert money.place(2, tied=True) == "=2"
    assert money.place(None, tied=False) == "–"
    assert money.place_with_rule(3, tied=False, by="criterion:A1") == "3 by A1"
    assert money.place_with_rule(1, tied=False, by="received") == "1 by date received"


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_splitting_a_sum_loses_and_makes_no_penny(total, weights):
    parts = money.share(total, [(f"R{i}", w) for i, w in enumerate(weights)])

    assert sum(parts.values()) == total
    for (key, part), weight in zip(
        sorted(parts.items()), [weights[int(k[1:])] for k in sorted(parts)], strict=True
    ):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1, key


def test_a_paper_has_one_form_of_money_but_for_averages() -> None:
    with money.one_form(has_pence=True) as met:
        words = [money.short_pounds(450_000), money.pounds(-50), money.column_money([450_000])(450_000)]
        assert money.in_one_form("asks £4,800, 40 of £1.50") == "asks £4,800.00, 40 of £1.50"
        with money.one_form(has_pence=False):
            assert [money.pounds(450_000), money.average_pounds(450_000)] == ["£4,500", "£4,500.00"]
            assert money.column_money([450_000, 50])(450_000) == "£4,500"
            assert money.column_money([450_000, 50], is_apart=True)(450_000) == "£4,500.00"
            assert money.in_one_form("asks £4,800.00") == "asks £4,800"

    assert words == ["£4,500.00", "−£0.50", "£4,500.00"]
    assert met == ["−£0.50"]
    assert money.has_form_with_pence() is None


def test_too_few_counting_members_are_not_quorate_none_incomplete_and_trimmed_needs_five() -> None:
    scheme = one_question(quorum=2)

    standings = rank(round_of(scheme, [application("X"), application("Y")], [sheet("X", 50)])).standings

    assert [(s.reference, s.status, s.counting_members) for s in standings] == [
        ("X", Status.NOT_QUORATE, 1),
        ("Y", Status.INCOMPLETE, 0),
    ]

    sheets = [sheet("X", 50, member=f"M{i}") for i in range(4)]

    standing = first(round_of(one_question(combine=Combine.TRIMMED), [application("X")], sheets))

    assert (standing.status, standing.reasons) == (Status.INCOMPLETE, ("needs five sheets, has 4",))


def test_a_declaration_of_none_bars_nothing_and_a_sheet_of_no_application_counts_nothing() -> None:
    nothing = (Interest("M1", None, InterestKind.NONE), Interest("M1", "X", InterestKind.NONE))

    standing = first(round_of(one_question(), [application("X")], [sheet("X", 40)], interests=nothing))

    assert standing.counting_members == 1

    standings = rank(round_of(one_question(), [application("X")], [sheet("X", 50), sheet("Z", 90)])).standings

    assert [(standing.reference, standing.total_1e2) for standing in standings] == [("X", 5000)]


def test_comparators_pass_the_gates_whether_scored_or_not():
    criteria = (criterion("Q", 70), criterion("C", 30, "cost", method=Method.LOWEST))
    scheme = Scheme(criteria, combine=Combine.MEAN)
    others = [
        application("P", 250, withdrawn=True),
        application("N", 125, eligibility=Eligibility.NO),
        application("T", 100, eligibility=Eligibility.TO_CHECK),
        application("W", 500, eligibility=Eligibility.WAIVED),
        application("F", 50, area="Dudley"),
    ]
    round_ = round_of(scheme, [application("X", 1000), *others], [sheet("X", 5)])
    standing = first(replace(round_, areas=(*round_.areas, Area("Dudley", 0))))

    # the lowest that counts is W's £500, waived and unscored: S = 100 · 500 / 1000
    assert standing.criteria[1].value_1e2 == 5000
