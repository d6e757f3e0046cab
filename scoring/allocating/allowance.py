"""Money that a named person allows over one area's pot."""

from datetime import date

from msgspec import Struct


class Allowance(Struct, frozen=True):
    """Money over one area's pot and tolerance that somebody allows, in pence, with name, post and reason.

    `on` is the day on which it was allowed, None where that is not known.
    It covers what people set by hand. The rule offers none of it, and no percentage changes with it.
    """

    area: str
    pence: int
    name: str
    post: str
    reason: str
    on: date | None = None
