"""What the sample's office tells the public that each award is for, in a sentence."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from models.operation import Actor
from models.operations.papers.paper_texts import SetPaperTexts
from models.papers.texts import PUBLICATION, PUBLISHED_PURPOSE
from models.queries.deciding.recommendations import FUNDED, RecommendationRow
from models.queries.set_up.round_rows import round_rows

if TYPE_CHECKING:
    from models.record import Record


def write_purposes(
    record: "Record", round_id: int, items: Iterable[RecommendationRow], officer: Actor
) -> None:
    """Write what each application that is to have money is for: its summary."""
    rows = {row.reference: row for row in record.ask(partial(round_rows, round_id=round_id)).applications}
    for item in items:
        if item.outcome in FUNDED:
            texts = ((PUBLISHED_PURPOSE.code, rows[item.application].summary),)
            record.perform(SetPaperTexts(round_id, PUBLICATION, item.application, texts), officer)
