"""What a return to the Ministry says in one glance, and who signs it: one answer for workbook and pages."""

from collections.abc import Iterator

from exchange.papers.document.values import Signature
from models.papers.ministry.values import MinistryReturn
from scoring.counted import counted, listed
from scoring.money import short_pounds

AGREES = "The figures agree with the office's accounts, and"
MISSING = "what is missing is said under Providers."
LATER = "Providers says up to which day the next return of each award tells."
BEYOND = "where more spend is evidenced than was paid is said under Providers."
MISSING_AND_BEYOND = (
    "what is missing, and where more spend is evidenced than was paid, is said under Providers."
)
COMPLETE = "nothing is missing."
UNSIGNED = "It is not submitted itself, and nobody signs it."
_POSTS = (("Chief executive", ""), ("Chief finance officer", ""))


def summed(value: MinistryReturn) -> tuple[tuple[str, int], ...]:
    """Return the sums of the return in pence, the fund's grant for the year first where it is recorded."""
    awarded = sum(one.awarded_pence for one in value.providers)
    return (
        *((f"Grant for {value.grant_year}", pence) for pence in (value.grant_pence,) if pence is not None),
        ("Awards of this return, as they stand", awarded),
        ("Paid, less what came back", value.paid_pence),
        ("Spend evidenced", value.evidenced_pence),
    )


def starting_later(value: MinistryReturn) -> str:
    """Return which awards of the period are in a later return, "" where none is."""
    if not value.later:
        return ""
    total = short_pounds(value.later_pence)
    many = f"1 award of {total}" if value.later == 1 else f"{counted(value.later, 'award')}, {total} in all"
    starts, its = ("starts", "it is") if value.later == 1 else ("start", "they are")
    return (
        f"{many}, decided in this period, {starts} after it: {its} in the return of the period of the start."
    )


def comparing(value: MinistryReturn) -> str:
    """Return that it is a draft to compare with what other periods submitted, "" where none did."""
    others = value.submitted_beside
    if not others:
        return ""
    were, have = ("was", "has") if len(others) == 1 else ("were", "have")
    named = listed(list(others))
    return f"A draft to compare with: {named} {were} submitted and {have} part of this money. {UNSIGNED}"


def signing_note(value: MinistryReturn) -> str:
    """Return what those who sign the return say by it: what is missing is never called complete."""
    if value.submitted_beside:
        return comparing(value)
    if value.warned:
        return f"{AGREES} {MISSING_AND_BEYOND if value.silent else BEYOND}"
    rest = MISSING if value.silent else LATER if value.not_due else COMPLETE
    return f"{AGREES} {rest}"


def signatures(value: MinistryReturn) -> Iterator[Signature]:
    """Yield a place to sign for whoever signs the return, else for those who answer for it.

    None on a draft to compare with.
    """
    if value.submitted_beside:
        return
    head = value.letterhead
    for what, who in (("", head.signatory),) if head.signatory else head.people or _POSTS:
        name, _, post = who.partition(",")
        yield Signature(post.strip() or what, name.strip())
