"""The report of a merge as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from models.trouble import Trouble

if TYPE_CHECKING:
    from models.operation import Actor
    from models.packs.reports import MergeReport
    from models.record import Record


def check_report(path: Path | None) -> None:
    """Refuse a report that could not be written, before anything is imported."""
    from cli.set_up.source import refuse_record
    from exchange.papers.merge_report import check_ending

    if path is not None:
        refuse_record(path)
        check_ending(path)
        if not path.parent.is_dir():
            raise Trouble(
                f"There is no folder {path.parent}, so no report can be written. Nothing was changed."
            )


def kept_report(report: "MergeReport", record: "Record", actor: "Actor") -> "MergeReport":
    """Return the report of what was just imported."""
    from models.clock import utc_now
    from models.copies import backup
    from models.packs.reports import Done

    head, copy = record.head(), None if record.is_shared else backup.newest(record.path)
    at = head.at or utc_now()
    return report.as_done(Done(actor.name, at, head.seq, head.code, copy.path.name if copy else ""))


def write_report(report: "MergeReport", path: Path | None, *, is_done: bool) -> Path | None:
    """Write the report where one is asked for and return the path it really has."""
    from exchange.papers.merge_report import write_merge_report
    from models.clock import utc_now

    if path is None:
        return None
    try:
        return write_merge_report(report, path, utc_now())
    except Trouble as no:
        first = "The returns are imported, but there is no report" if is_done else "There is no report"
        raise type(no)(f"{first}: {no}") from no
