"""No heading ends a page; what signs a paper, or is the sum of a table, has what is above it on its page."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, FrameBreak, KeepTogether, Spacer

from exchange.papers.document.values import Block, Heading, Para, Signature, Together
from exchange.pdf.pdf_tables import WholeRows, begun_height
from exchange.pdf.pdf_text import is_para

LAST_ROWS = 2
"""So many rows of a table stand above those who sign, or above its sum, at least."""
_HAIR = 0.01
_MOST_BELOW = 400
"""In points: what a heading asks to have below it on its page at most."""


def is_heading(block: Block | None) -> bool:
    """Whether a block is a heading, or ends with one."""
    return isinstance(block.blocks[-1] if isinstance(block, Together) else block, Heading)


def set_below_heading(story: list[Any], made: list[Any], width: float) -> None:
    """Add what follows the heading at the end of a story: both go over where its first part stays whole.

    Points that would fill most of a page are not kept whole: they begin below their heading.
    """
    opens = next(n for n in range(len(story) - 1, -1, -1) if isinstance(story[n], CondPageBreak))
    begun = _begun(made, width)
    if begun:
        leaves = (leaf for each in story[opens + 1 :] for leaf in _leaves(each))
        above = sum(float(leaf.wrap(width, _MOST_BELOW)[1]) for leaf in leaves)
        story[opens] = CondPageBreak(max(story[opens].height, above + begun))
    whole = [leaf for each in made[:1] if isinstance(each, KeepTogether) for leaf in each._content]
    room = sum(float(leaf.wrap(width, _MOST_BELOW)[1]) for leaf in whole)
    story[opens] = CondPageBreak(story[opens].height + min(room, _MOST_BELOW))
    is_text = all(isinstance(leaf, Spacer) or is_para(leaf) for leaf in whole)
    story += [*whole, *made[1:]] if whole and is_text and room > _MOST_BELOW else made


def _begun(made: Sequence[Any], width: float) -> float:
    """Return how much of a page a table begins on, with its caption; 0 for anything else."""
    if made and isinstance(made[0], CondPageBreak):
        return float(made[0].height)
    return begun_height(made[0], width) if made and isinstance(made[0], WholeRows) else 0.0


def is_signing(block: Block) -> bool:
    """Whether a block has room to sign."""
    inner = block.blocks if isinstance(block, Together) else (block,)
    return any(isinstance(each, Signature) for each in inner)


def stands_by_itself(block: Block, above: Block | None) -> bool:
    """Whether a page may part room to sign from what is above it.

    It may where it is a section with a heading and a sentence, or has words below other room to sign.
    """
    inner = block.blocks if isinstance(block, Together) else (block,)
    begins = inner[0]
    if isinstance(begins, Heading) and any(isinstance(each, Para) for each in inner):
        return True
    return above is not None and is_signing(above) and isinstance(begins, Heading | Para)


def set_below_rows(story: list[Any], ending: list[Any]) -> None:
    """Add what signs a story, or sums its table, bound to the last rows of a table where one ends it."""
    last = next((n for n in range(len(story) - 1, -1, -1) if not isinstance(story[n], Spacer)), 0)
    above = [leaf for each in story[last:] for leaf in _leaves(each)]
    at = next((n for n in range(len(above) - 1, -1, -1) if not isinstance(above[n], Spacer)), 0)
    if above and isinstance(above[at], WholeRows):
        below = [leaf for each in ending for leaf in _leaves(each)]
        story[last:] = [WithLastRows(above[:at], above[at], [*above[at + 1 :], *below])]
    else:
        story += ending


def _leaves(flowable: Any) -> Sequence[Any]:
    return flowable._content if isinstance(flowable, KeepTogether) else (flowable,)


class WithLastRows(KeepTogether):  # type: ignore[misc]
    """A table with what leads to it and what ends it; where these do not fit, the table's end goes along."""

    def __init__(self, lead: list[Any], rows: WholeRows, below: list[Any]) -> None:
        super().__init__([*lead, rows, *below])
        self.lead, self.rows, self.below = lead, rows, below

    def split(self, width: float, height: float) -> list[Any]:
        """Return what stands here and what goes to the next page, with two rows of the table at least."""
        whole = list(super().split(width, height))
        if height >= self._H:
            return whole
        room = height - sum(each.wrapOn(self.canv, width, height)[1] for each in self.lead)
        self.rows.wrapOn(self.canv, width, height)
        heights = self.rows._rowHeights
        on_next = [whole[0], self] if isinstance(whole[0], type(FrameBreak)) else whole
        if self.lead and sum(heights) > room:
            return on_next
        parts = self.rows.split(width, min(room, sum(heights[:-LAST_ROWS]) + _HAIR))
        if not parts[1:]:
            return on_next  # it cannot be parted here
        return [*self.lead, parts[0], WithLastRows([], parts[1], self.below)]
