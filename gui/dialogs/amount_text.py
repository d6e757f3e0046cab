"""An amount of money as people type it."""

from scoring import money

NO_AMOUNT = "Type an amount in pounds, such as 1,870 or 1870.50."


def plain(pence: int) -> str:
    """Return an amount as it stands in a box: without its £."""
    return money.short_pounds(pence).replace("£", "")


def pence_of(text: str) -> int | None:
    """Return the pence of an amount as typed, None when it is none."""
    digits = text.replace("£", "").replace(",", "").replace(" ", "")
    pounds, dot, pence = digits.partition(".")
    if not pounds.isascii() or not pounds.isdigit() or len(pounds) > 12:
        return None
    if dot and not (pence.isascii() and pence.isdigit() and len(pence) <= 2):
        return None
    return int(pounds) * 100 + int(pence.ljust(2, "0") or 0)
