"""The minutes of a meeting as a paper, with an annex of the members' marks."""

from msgspec.structs import replace

from exchange.papers.document.values import Document
from exchange.papers.paper_writing import prose
from exchange.papers.templates.blocks import filled
from models.papers.minutes import Minutes
from models.papers.status import PaperStatus
from scoring.written.names import round_names


def minutes_document(minutes: Minutes, status: PaperStatus) -> Document:
    """Return the minutes as a paper; a copy that is no issue says whether the panel confirmed them."""
    under = (*round_names(minutes.fund, minutes.round, minutes.year), minutes.area or "")
    paper = prose(minutes, status, filled("minutes", minutes), under, is_landscape=True)
    confirmed = _confirmed(minutes, is_draft=status.is_draft)
    return replace(
        paper,
        status=confirmed if status.is_draft else f"{status.words}. {confirmed}",
        is_draft=status.is_draft and (not minutes.confirmed or bool(minutes.unconfirmed)),
    )


def _confirmed(minutes: Minutes, *, is_draft: bool) -> str:
    """Say whether the panel confirmed the minutes, and of how many areas where it did of some alone."""
    if not minutes.confirmed:
        return "Draft, not confirmed" if is_draft else "Not confirmed by the panel yet"
    done, left = len(minutes.confirmed), len(minutes.unconfirmed)
    areas = minutes.letterhead.area_label.counted(done + left)
    return f"Confirmed by the panel{f' for {done} of {areas}' if left else ''}"
