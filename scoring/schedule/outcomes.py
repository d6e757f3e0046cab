"""How papers say an outcome, in each form that a sentence asks for; `OUTCOME_WORDS` are the panel's own."""

from typing import NamedTuple

from scoring.schedule.lines import PanelOutcome


class OutcomeForms(NamedTuple):
    """An outcome in words: what an application is, was and became, and what was decided to do with it.

    `became` differs from `was` where somebody reads of one application what they would not of several.
    """

    is_now: str
    was: str
    became: str
    to_do: str


FORMS = {
    PanelOutcome.FUND: OutcomeForms("funded", "funded", "funded", "to fund the application"),
    PanelOutcome.PART_FUND: OutcomeForms(
        "funded in part", "funded in part", "funded in part", "to fund the application in part"
    ),
    PanelOutcome.DECLINE: OutcomeForms("not funded", "not funded", "declined", "to decline the application"),
    PanelOutcome.RESERVE: OutcomeForms(
        "on the reserve list",
        "put on the reserve list",
        "put on the reserve list",
        "to place the application on the reserve list",
    ),
    PanelOutcome.DEFER: OutcomeForms("deferred", "deferred", "deferred", "to defer the application"),
    PanelOutcome.REFER: OutcomeForms(
        "referred to another fund",
        "referred to another fund",
        "referred to another fund",
        "to refer the application to another fund",
    ),
}
WITHOUT_MONEY = (PanelOutcome.DECLINE, PanelOutcome.RESERVE, PanelOutcome.DEFER, PanelOutcome.REFER)
"""The outcomes that give no money, in the order in which a sentence has them."""
