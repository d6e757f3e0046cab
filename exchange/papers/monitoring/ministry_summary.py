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
    """Return the sums of the return in pence, first what is recorded of the money of the fund's year."""
    awarded = sum(one.awarded_pence for one in value.providers)
    return (
        *_of_year(value),
        ("Awards of this return, as they stand", awarded),
        ("Paid less returned", value.paid_pence),
        ("Spend evidenced", value.evidenced_pence),
    )


def _of_year(value: MinistryReturn) -> Iterator[tuple[str, int]]:
    """Yield the Ministry's own grant, and what the fund has where that is not the grant alone."""
    own, whole, year = value.ministry_pence, value.grant_pence, value.grant_year
    if own is not None:
        yield f"Grant for {year}", own
    if whole is not None and whole != own:
        yield f"The fund’s money for {year}" + (", from all sources" if own is not None else ""), whole


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
