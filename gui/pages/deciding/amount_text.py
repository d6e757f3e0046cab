"""An amount of money as people type it: read in one way in every box, as the importer reads a cell."""

from exchange.cells.values import Unreadable, read_money
from gui.widgets.typed import NO_AMOUNT


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
