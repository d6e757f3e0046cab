"""Money that a person types is read in one way: whole and exact, or refused with one sentence."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from exchange.cells.values import read_money
from gui.widgets.typed import NO_AMOUNT, DayField, MoneyField, Wrong, amount_fault, pence_of, plain
from scoring.written.text import Unreadable

GUI = Path(__file__).parents[3] / "gui"


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1,870", 187_000),
        ("1870.5", 187_050),
        ("£1,870.50", 187_050),
        ("1 870", 187_000),
        ("4.5k", 450_000),
        ("0", 0),
        (" 12 ", 1_200),
        (plain(123_456_789), 123_456_789),
    ],
)
def test_an_amount_is_read_to_the_penny(typed: str, pence: int) -> None:
    assert pence_of(typed) == pence
    assert pence_of(typed) == read_money(typed)


@pytest.mark.parametrize(
    "typed", ["4,50", "1,8700", "18,70", "1,87,000", "1.870,00", "1,870,", ",5", "£", "ten"]
)
def test_a_comma_that_parts_no_thousands_is_refused_with_one_sentence(typed: str) -> None:
    assert pence_of(typed) is None
    assert amount_fault(typed) == f"“{typed}” is not an exact amount; write it like 4500 or £4,500.00."
    with pytest.raises(Unreadable):
        read_money(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", NO_AMOUNT),
        ("-5", "“-5” is below £0; write an amount of £0 or more."),
        ("1.005", "“1.005” has more than two decimals of a pound; round it to the penny."),
        ("$5", "“$5” is not in pounds; write the amount in pounds."),
    ],
)
def test_what_is_wrong_is_said(typed: str, words: str) -> None:
    assert pence_of(typed) is None
    assert amount_fault(typed) == words


def test_no_box_reads_money_in_a_way_of_its_own() -> None:
    """Whoever strips commas or pound signs from what was typed is a second parser."""
    own = [
        path.relative_to(GUI).as_posix()
        for path in GUI.rglob("*.py")
        if any(
            f'replace("{sign}", "")' in line and "spoken" not in line and "short_pounds" not in line
            for sign in ("£", ",")
            for line in path.read_text("utf-8").splitlines()
        )
    ]

    assert own == []


@pytest.mark.usefixtures("qapp")
def test_a_day_is_read_where_it_is_typed_and_then_stands_in_full() -> None:
    today = date.today()
    before, after = today - timedelta(days=3), today + timedelta(days=3)
    for day in (before, after):
        for is_past in (True, False):
            field = DayField("Paid on", is_past=is_past)
            field.setText(f"{day.day} {day:%b}")
            field.editingFinished.emit()
            found = field.that_day
            assert (found.day, found.month) == (day.day, day.month)
            assert found <= today if is_past else found >= today
            assert field.text() == f"{found.day} {found:%B %Y}"
            field.setText(field.placeholderText().removeprefix("such as "))
            assert field.that_day <= today if is_past else field.that_day >= today, "the example is taken"


@pytest.mark.usefixtures("qapp")
def test_a_day_that_cannot_be_says_why() -> None:
    field = DayField("Paid on", is_past=True, to_come="That day is still to come.")
    for text, words in (
        ("", "Type a day, such as 25 Nov or 02/12/2026."),
        ("31/6", "June has 30 days"),
        ("1/1/2199", "That day is still to come"),
        ("soon", "“soon” is not a date"),
    ):
        field.setText(text)
        with pytest.raises(Wrong, match=words) as refused:
            _ = field.day
        assert refused.value.field is field


@pytest.mark.usefixtures("qapp")
def test_a_line_for_money_takes_what_every_line_for_money_takes() -> None:
    field, less = MoneyField("Amount"), MoneyField("Amount", may_be_less=True)
    for text in ("4,50", "ten", "", "-5"):
        field.setText(text)
        with pytest.raises(Wrong) as refused:
            _ = field.pence
        assert str(refused.value) == amount_fault(text)
    field.setText("1,870.50")
    less.setText("−£1,870.50")

    assert (field.pence, less.pence) == (187_050, -187_050)
    for line, text, shown in (
        (field, "4500", "£4,500"),
        (less, "-1870.5", "−£1,870.50"),
        (field, "ten", "ten"),
    ):
        line.setText(text)
        line.editingFinished.emit()
        assert line.text() == shown
    assert less.pence == -187_050
    assert MoneyField("Amount", is_needed=False).pence is None
