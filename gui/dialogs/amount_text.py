"""An amount of money as people type it: read in one way in every box, as the importer reads a cell."""

from exchange.cells import Unreadable, read_money
from scoring import money

NO_AMOUNT = "Type an amount in pounds, such as 1,870 or 1870.50."


def plain(pence: int) -> str:
    """Return an amount as it stands in a box: without its £."""
    return money.short_pounds(pence).replace("£", "")


def pence_of(text: str) -> int | None:
    """Return the pence of an amount as typed, None when it is none."""
    try:
        return read_money(text)
    except Unreadable:
        return None


def amount_fault(text: str, wanted: str = NO_AMOUNT) -> str:
    """Return why what was typed is no amount; `wanted` where nothing was, or where another amount is."""
    try:
        read_money(text)
    except Unreadable as error:
        return str(error)
    return wanted
