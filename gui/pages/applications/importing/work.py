"""What the wizard has done beside the window; each can be cancelled at a tick."""

from pathlib import Path

from exchange.applications.corrected import preview_of
from exchange.applications.draft import Draft, KeptImport, begun, read_file, resumed
from exchange.applications.preview import Matched, Preview, matched, missing_words
from gui.record.runner import Ticket
from models.values.importing import ImportTarget
from scoring.written.text import Refused


def read(path: Path, kept: KeptImport | None, ticket: Ticket) -> tuple[Draft, str]:
    """Read a file and find its table, as it was left where something was `kept`; and what could not be."""
    file = read_file(path, ticket.tick)
    return (begun(file), "") if kept is None else resumed(kept, file)


def match(draft: Draft, target: ImportTarget, ticket: Ticket) -> Matched:
    """Match the headings to fields."""
    return matched(draft, target)


def preview(draft: Draft, target: ImportTarget, ticket: Ticket) -> Preview:
    """Read the rows as they stand; raises Refused where a column is still to be matched."""
    missing = missing_words(draft.columns(target))
    if missing:
        raise Refused(missing)
    return preview_of(draft, target, ticket.tick)
