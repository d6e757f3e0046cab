"""Words and columns of the Exports page."""

from gui.pages.exports.asking import Prepared
from gui.tables.line_column import LineColumn
from gui.text import clock, counted
from models.queries.issue_lines import IssueLine
from scoring.money import pounds, short_pounds
from scoring.schedule import AwardSchedule, Basis

NO_ROUND = "This record has no round yet."
NOTHING_RANKED = "Nothing is ranked yet. The schedule is shown here as soon as an application has its place."
NOTHING_ISSUED = "Nothing issued yet."
COPY = "You are reading a copy. Drafts can be written from it; nothing is issued from it."
NO_PAGES = "Cancelled. Press Ctrl+R to draw the pages again."
CHANGED = "The record was changed meanwhile. Nothing was issued; look at the schedule again."
DRAWING = "Drawing the pages…"


def sums(schedule: AwardSchedule) -> str:
    """Return what a schedule holds: "9 lines, £30,000 recommended"."""
    whole = schedule.whole
    return f"{counted(whole.lines, 'line', 'lines')}, {_pounds(whole.recommended_pence)} {schedule.basis}"


def state_words(schedule: AwardSchedule) -> str:
    """Return what the paper is: "Draft" until it is issued."""
    version = schedule.paper.version
    return "Draft" if version is None else f"Version {version}"


def summary(schedule: AwardSchedule) -> str:
    """Return the line under the page's title."""
    rest = " Nothing is recommended yet." if schedule.basis is Basis.PROPOSED else ""
    return f"{schedule.area or 'All areas'}: {sums(schedule)}.{rest}"


def confirm_words(prepared: Prepared, version: int, folder: str) -> tuple[str, ...]:
    """Return what issuing does, before it is done."""
    schedule = prepared.schedule
    named = f"{' '.join(schedule.names)}, {schedule.area or 'all areas'}"
    words = [f"{named}: {sums(schedule)}."]
    if schedule.basis is Basis.PROPOSED:
        words.append("The panel has recommended nothing yet: the amounts are what the rule proposes.")
    before = f"It supersedes version {version - 1}. " if version > 1 else ""
    words.append(f"{before}An issued version stays in the record for good and cannot be taken back.")
    words.append(f"The workbook and the PDF are written into {folder}, with version and SHA-256.")
    return tuple(words)


def _when(line: IssueLine) -> str:
    local = line.issued_at.astimezone()
    return f"{local.day} {local:%b} {clock(local)}"


def _version(line: IssueLine) -> str:
    return f"v{line.version}  {_when(line)}"


def _hash(line: IssueLine) -> str:
    after = "" if line.supersedes is None else f" · supersedes v{line.supersedes}"
    return f"hash {line.sha256[:4]}…{line.sha256[-2:]}{after}"


def _money(line: IssueLine) -> str:
    return _pounds(line.recommended_pence)


def _pounds(pence: int) -> str:
    return pounds(pence) if pence % 100 else short_pounds(pence)


def _lines(line: IssueLine) -> str:
    return counted(line.lines, "line", "lines")


def _tip(line: IssueLine) -> str:
    return f"Issued by {line.issued_by}. SHA-256 {line.sha256}"


def issue_key(line: IssueLine) -> int:
    """Return what tells a version from the others."""
    return line.version


def issue_name(line: IssueLine) -> str:
    """Return a version in full words, for a screen reader."""
    after = "" if line.supersedes is None else f", supersedes version {line.supersedes}"
    return (
        f"Version {line.version}, {_when(line)}, {_lines(line)}, {_money(line)}, issued by {line.issued_by}, "
        f"hash {line.sha256[:4]} to {line.sha256[-2:]}{after}"
    )


ISSUE_COLUMNS: tuple[LineColumn[IssueLine], ...] = (
    LineColumn("version", "Issued version", _version, issue_name, tip=_tip, under=_hash, is_strong=True),
    LineColumn("money", "Sum", _money, _money, width=104, is_right=True, under=_lines),
)
