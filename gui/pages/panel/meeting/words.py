"""The meeting page's words: cells, people, chips and the line under the title."""

from collections.abc import Container, Iterable, Mapping, Sequence

from gui.pages.page import Identity
from gui.text import counted, listed
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.label import Chip
from models.queries.panel.meeting import told_late
from models.queries.panel.meeting_figures import MeetingFigures
from scoring.marks.meeting import REOPENED_MEANS, Cell, Item, Line, Sign, reopened_words

SPOKEN_SIGNS = {
    Sign.NONE: "no mark",
    Sign.NOT_APPLICABLE: "not applicable",
    Sign.ABSTAINED: "abstained",
    Sign.ASIDE: "declared an interest",
}
SIGNS_EXPLAINED = (
    "[ ] no mark   ·   n/a not applicable   ·   A abstained   ·   ⊘ declared an interest   ·   "
    "R reopened or late"
)
NOT_ON_MARKS = "Digits agree marks on the rows of marks. Press F6 to go there, or click a row."


def spoken_cell(cell: Cell, line: Line) -> str:
    """Return a cell as it is read aloud: "5, highest"."""
    if cell.mark is None:
        return SPOKEN_SIGNS[cell.sign]
    marks = marks_of(line)
    end = ""
    if line.spread:
        end = "highest" if cell.mark == max(marks) else "lowest" if cell.mark == min(marks) else ""
    return ", ".join(filter(None, (str(cell.mark), end, REOPENED_MEANS if cell.is_reopened else "")))


def marks_of(line: Line) -> tuple[int, ...]:
    """Return the marks that were given on a line, in the order of the panel."""
    return tuple(cell.mark for cell in line.cells if cell.mark is not None)


def dots_words(line: Line) -> str:
    """Return chart C5 in words: "2, 4, 5; spread 3; agreed 4"."""
    marks = sorted(marks_of(line))
    parts = [", ".join(map(str, marks)) if marks else "no marks"]
    if line.spread is not None:
        parts.append(f"spread {line.spread}")
    if line.agreed is not None:
        parts.append(f"agreed {line.agreed}")
    return "; ".join(parts)


def short_names(names: Mapping[str, str], members: Sequence[str]) -> tuple[str, ...]:
    """Return each member's last name; the whole name where two share it, and of namesakes the code too."""
    whole = {code: names.get(code, code) for code in members}
    last = {code: name if name.endswith(f"({code})") else name.split()[-1] for code, name in whole.items()}
    shared = [name for name in last.values() if list(last.values()).count(name) > 1]
    return tuple(whole[code] if last[code] in shared else last[code] for code in members)


def numbered_members(members: Sequence[str]) -> tuple[str, ...]:
    """Return names that name nobody, for a screen that everybody sees."""
    return tuple(f"Member {number}" for number in range(1, len(members) + 1))


def people_words(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """Return people as a sentence lists them: "Tom Hale and Jo Adeyemi"."""
    return listed([names.get(code, code) for code in codes])


def absent_words(figures: MeetingFigures, item: Item) -> str:
    """Say who leaves the room for an item."""
    leaving = figures.leaving(item)
    if not leaving:
        return "Nobody leaves the room"
    return f"Out of the room: {people_words(figures.names, leaving)}"


def quorum_chip(figures: MeetingFigures, item: Item) -> Chip:
    """Return whether the quorum holds for an item, with both figures: who decides it, did or may."""
    if figures.lacks_attendance(item):
        return Chip(Tone.WARNING, "Who is here?")
    deciding, quorum = len(figures.rows.may_decide(item)), figures.round.scheme.quorum
    is_known = item.reference in figures.rows.rooms
    verb = "decided" if is_known else "decide" if figures.is_meeting(item) else "may decide"
    words = f"{deciding} {verb}, quorum {quorum}"
    return Chip(Tone.FUND, words) if deciding >= quorum else Chip(Tone.DANGER, words)


def state_chip(figures: MeetingFigures, item: Item) -> Chip:
    """Return how far the meeting is with an item."""
    if item.reference in figures.rows.closed:
        return Chip(Tone.FUND, "Closed")
    if not figures.is_quorate(item):
        return Chip(Tone.DANGER, "No quorum")
    flagged, left = figures.still_apart(item), len(figures.left(item))
    if flagged:
        return Chip(Tone.WARNING, f"{flagged} to settle")
    if left:
        return Chip(Tone.INFORMATION, f"{left} left")
    if figures.is_agreed:
        return Chip(Tone.PART, "Agreed")
    was_apart = any(line.is_flagged and not line.is_not_applicable for line in item.lines)
    return Chip(Tone.PART, "Discussed") if was_apart else Chip(Tone.INFORMATION, "Open")


def summary(figures: MeetingFigures, items: Sequence[Item]) -> str:
    """Return the line under the title: how many items, closed ones, and what there is to talk about."""
    closed = sum(item.reference in figures.rows.closed for item in items)
    apart = sum(any(line.is_flagged for line in item.lines) for item in items)
    words = f"{counted(len(items), 'item')}, {closed} closed. "
    words += f"{counted(apart, 'has', 'have')} marks two or more apart"
    talked = sum(
        figures.still_apart(item) > 0 for item in items if figures.stages.get(item.area or "") == "meeting"
    )
    words += f", {talked} still to discuss." if talked != apart else "."
    short = sum(not figures.is_quorate(item) for item in items)
    return f"{words} {counted(short, 'has', 'have')} no quorum." if short else words


def left_words(figures: MeetingFigures, item: Item) -> str:
    """Say what is still to be settled before the item closes."""
    left = figures.left(item)
    if not left:
        return "All is agreed" if figures.is_agreed else "All is discussed"
    marked = [line.code for line in item.lines if line.agreed is not None]
    return waiting_words(figures, left, marked)


def waiting_words(figures: MeetingFigures, left: Sequence[str], marked: Container[str]) -> str:
    """Say of codes that are left what each waits for; those that are `marked` wait for their reason."""
    if not figures.is_agreed:
        return f"{len(left)} left to discuss: {', '.join(left)}"
    missing = [code for code in left if code not in marked]
    unexplained = [code for code in left if code in marked]
    parts = [f"{len(missing)} left to agree: {', '.join(missing)}"] if missing else []
    parts += [f"a reason to give: {', '.join(unexplained)}"] if unexplained else []
    return "; ".join(parts)


def sheets_words(figures: MeetingFigures, item: Item) -> str:
    """Say that too few sheets count for an item that the panel may decide, "" when enough do."""
    standing, quorum = figures.standings.get(item.reference), figures.round.scheme.quorum
    if standing is None or not (figures.is_meeting(item) and figures.is_quorate(item)):
        return ""
    if standing.counting_members >= quorum:
        return ""
    count = counted(standing.counting_members, "score sheet counts", "score sheets count")
    return ours(
        f"{count} here and the quorum is {quorum}: as it is, the list leaves it out. More can be "
        "handed in only before its marks are agreed, once the chair has moved the area back to Score."
    )


def item_sheets_words(figures: MeetingFigures, item: Item) -> str:
    """Say which sheets of an item were reopened after others' marks could be seen, and why; "" for none.

    And of which an interest was declared once its member had marked.
    """
    late = told_late(figures.rows.late, item.reference, figures.names)
    said = (f"{name} {words}." for name, words in late)
    return " ".join((*reopened_words(item, figures.names), *said))


def next_words(figures: MeetingFigures, item: Item) -> str:
    """Say which item comes next, and what is to be known before: who leaves, and a quorum that fails."""
    parts = [f"Next: {item.reference}"]
    if leaving := figures.leaving(item):
        leave = "leaves" if len(leaving) == 1 else "leave"
        parts.append(f"{people_words(figures.names, leaving)} {leave}")
    if not figures.is_quorate(item):
        parts.append("no quorum")
    return f"{', '.join(parts)} · {item.organisation}"


def not_applicable_words(reference: str, code: str, why: str) -> str:
    """Say why a criterion that is set aside takes no mark."""
    return (
        f"{code} takes no mark on {reference}: it is set aside as not applicable{f' ({why})' if why else ''}."
    )


def skipped_words(reference: str) -> str:
    """Say which item is left for somebody else, because the person declared an interest in it."""
    return f"{reference} is left for later: you declared an interest in it, so somebody else records it."


def recorder_words(figures: MeetingFigures, item: Item, identity: Identity) -> str:
    """Say who records an open item that an interest closes to whoever records the others, else ""."""
    if not figures.is_meeting(item) or identity.member not in item.away or not identity.may("agree marks"):
        return ""
    who = "An officer or a note-taker records what the others agree"
    return f"{who}: choose who it is at the foot of the window."


def given_alike(item: Item) -> tuple[Line, ...]:
    """Return the lines that all members marked alike and on which nothing is agreed yet."""
    return tuple(
        line
        for line in item.lines
        if line.same is not None and line.agreed is None and not line.is_not_applicable
    )
