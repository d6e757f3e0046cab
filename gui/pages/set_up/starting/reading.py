"""What may be typed into the set-up page's boxes; each reader raises ValueError with a sentence."""

from datetime import date
from decimal import Decimal

from exchange.cells.values import read_decimal
from gui.record.clock import current_day
from models.operations.set_up.areas import order_fault
from models.reference.fund_checks import is_financial_year, written_year
from models.values.rounds import AreaDates
from scoring import money
from scoring.publishing import read_bands
from scoring.scheme import Band
from scoring.written.amounts import read_figure, read_money
from scoring.written.days import full_day, read_day, read_near_day
from scoring.written.text import Refused


def any_text(text: str) -> str:
    """Return the text; it may be empty."""
    return text


def some_text(text: str) -> str:
    """Return a text that may not be empty."""
    if not text:
        raise ValueError("This cannot be empty.")
    return text


def financial_year(text: str) -> str:
    """Return a financial year; "27/28" is 2027/28."""
    year = written_year(text)
    if not is_financial_year(year):
        raise ValueError("Write the year like 2026/27.")
    return year


def optional_money(text: str) -> int | None:
    """Return pence, None when nothing is typed."""
    return read_money(text)


def pot_money(text: str) -> int:
    """Return pence, nought when nothing is typed."""
    return read_money(text) or 0


def optional_points(text: str) -> Decimal | None:
    """Return points of 100, None when nothing is typed."""
    points = read_decimal(text)
    if points is not None and not 0 <= points <= 100:
        raise ValueError("Enter a figure from 0 to 100, or leave it empty.")
    return points


def some_percent(text: str) -> Decimal:
    """Return a percentage, nought when nothing is typed."""
    return optional_points(text.removesuffix("%").strip()) or Decimal(0)


def some_figure(text: str) -> Decimal:
    """Return a figure of nought or more."""
    if not text:
        raise ValueError("Enter a figure of 0 or more.")
    return read_figure(text)


def some_bands(text: str) -> tuple[Band, ...]:
    """Return bands."""
    try:
        return read_bands(text)
    except Refused as error:
        raise ValueError(str(error)) from error


def optional_date(text: str) -> date | None:
    """Return a day of what is to come, None when nothing is typed; "25 Nov" is the next such day."""
    return read_day(text, current_day(), is_past=False)


def near_date(text: str) -> date | None:
    """Return a day on which applications open or close: a round is set up before it or after."""
    return read_near_day(text, current_day())


def in_order(dates: AreaDates) -> None:
    """Raise ValueError where a date is before one that it has to follow."""
    fault = order_fault(dates)
    if fault:
        raise ValueError(f"{fault[:1].upper()}{fault[1:]}. Correct one of the dates.")


def written_date(day: object) -> str:
    """Return a date that was read as a box shows it in full."""
    return date_text(day if isinstance(day, date) else None)


def money_text(pence: int | None) -> str:
    """Return money as a box shows it: "£5,000", "" for none."""
    return "" if pence is None else money.short_pounds(pence)


def figure_text(figure: Decimal | None) -> str:
    """Return a decimal as a box shows it, "" for none."""
    return "" if figure is None else money.decimal_text(figure)


def date_text(day: date | None) -> str:
    """Return a date as a box shows it: "2 December 2026", "" for none."""
    return "" if day is None else full_day(day)
