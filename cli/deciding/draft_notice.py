"""Writing the notice of a new decision, to be signed before the decision is recorded."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.operations.deciding.decision_lines import LineDecision
    from models.papers.notice import NoticeOfDecision
    from models.papers.status import PaperStatus
    from models.record import Record
    from models.session import Session

ENDINGS = (".pdf", ".docx")


def add_to(parser: argparse.ArgumentParser, where: str) -> None:
    """Add the file of the draft; `where` says of what decision it is."""
    words = f"{where}write the notice to be signed, a PDF or a Word document, and record nothing"
    parser.add_argument("--draft", metavar="FILE", type=Path, help=words)


def write_draft(
    record: "Record", round_id: int, lines: "Sequence[LineDecision]", options: argparse.Namespace
) -> str:
    """Write the notice of what would be decided on lines that are decided, and return what is said of it.

    Refused where the money would be refused as well, so that nobody signs what cannot be recorded.
    """
    from cli.set_up.source import refuse_record
    from exchange.papers.paper_writing import write_paper
    from exchange.saved_since import beside_words, new_place
    from models.operations.deciding.deciding import money_fault

    if options.draft.suffix.casefold() not in ENDINGS:
        raise Refused(f"A notice is a file that ends in .pdf or .docx; {options.draft.name} does not.")
    refuse_record(options.draft)
    fault = record.ask(partial(money_fault, round_id=round_id, lines=lines, is_correcting=True))
    if fault:
        raise Refused(fault.replace("Nothing was decided.", "Nothing was written."))
    value, status = record.ask(partial(_drafted, round_id=round_id, lines=lines, number=options.notice or ""))
    place = new_place(options.draft)
    written = write_paper("notice", value, status, place)
    said = f"Wrote {written}: a notice to sign, {value.control}. The record is unchanged."
    return " ".join(filter(None, [said, beside_words(options.draft, place, written)]))


def _drafted(
    session: "Session", round_id: int, lines: "Sequence[LineDecision]", number: str
) -> "tuple[NoticeOfDecision, PaperStatus]":
    from models.clock import utc_now
    from models.papers.issuing import draft_status
    from models.papers.order import PaperOrder
    from models.papers.paper_kind import in_its_form
    from models.queries.papers.notices.anew import NewLine, notice_anew

    order = PaperOrder("notice", utc_now(), round_id, notice=number.strip())
    new = [
        NewLine(line.application, line.outcome, line.amount_pence, line.reason, line.change_reason)
        for line in lines
    ]
    value = in_its_form(partial(notice_anew, session, order, new))
    return value, draft_status(session, order, value)
