"""What a notice tells of its round: what was asked, when the panel met, and what nobody decided."""

from collections.abc import Collection, Iterator, Sequence

from models.queries.deciding.settled import OUT
from models.queries.panel.meeting import meetings_held, present_as_items_closed
from models.queries.panel.panel import interests
from models.queries.papers.declared_interests import took_no_part
from models.queries.papers.letter_parts.at_gates import came_late
from models.queries.set_up.round_facts import RoundFacts
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.counted import counted, listed, noun
from scoring.money import short_pounds
from scoring.round import Eligibility
from scoring.written.days import full_day


def panel_words(
    session: Session,
    facts: RoundFacts,
    rows: Sequence[ApplicationRow],
    done: Collection[str],
    areas: Collection[str],
    *,
    where: str = "",
) -> str:
    """Return how many applied for how much in some areas, and when a panel scored that.

    `where` names the areas of a notice where the round has others. What was withdrawn counts only where it is
    among what is `done`, decided or recommended, else it is told.
    """
    here = [row for row in rows if row.area in areas and (row.reference in done or not row.withdrawn)]
    is_whole = all(row.reference in done or row.eligibility not in OUT for row in here)
    gone = sum(row.withdrawn and row.area in areas and row.reference not in done for row in rows)
    apart = f"; {gone} more {'was' if gone == 1 else 'were'} withdrawn" if gone else ""
    asked = f"{short_pounds(sum(row.requested_pence for row in here))}{apart}"
    held = meetings_held(session, facts.line.round_id)
    days = sorted({one.held_on for name, one in held.items() if name in areas})
    met = ""
    if days:
        last = f" and {full_day(days[-1])}" if len(days) > 1 else ""
        met = f", and met {'between' if last else 'on'} {full_day(days[0])}{last}"
    many = f"{counted(len(here), 'application')}{f' from {where}' if where else ''}"
    return f"{many} to {facts.line.words} asked for {asked}. {_scored(len(here), is_whole=is_whole)}{met}."


def _scored(many: int, *, is_whole: bool) -> str:
    which = noun(many, "it", "them") if is_whole else "those that were complete and eligible"
    return f"A panel scored {which} on published criteria"


def others_words(
    session: Session,
    facts: RoundFacts,
    rows: Sequence[ApplicationRow],
    done: Collection[str],
    areas: Collection[str],
    *,
    is_draft: bool,
) -> Iterator[str]:
    """Yield the applications that nobody decided, and how many of the panel took no part on some."""
    yield from _not_decided(session, facts, rows, done, areas, is_draft=is_draft)
    number, of = facts.line.round_id, {row.reference for row in rows if row.area in areas}
    rooms = present_as_items_closed(session, number)
    yield from filter(None, [took_no_part(interests(session, number), of, rooms)])


def _not_decided(
    session: Session,
    facts: RoundFacts,
    rows: Sequence[ApplicationRow],
    done: Collection[str],
    areas: Collection[str],
    *,
    is_draft: bool,
) -> Iterator[str]:
    """Yield the applications to some areas that nobody decided, by reference, in a sentence for each cause.

    `done` are those that are decided, or in a draft those of which something is recommended.
    """
    left = [row for row in rows if row.area in areas and row.reference not in done]
    barred = [row for row in left if _is(row, Eligibility.NO)]
    late = came_late(session, facts.line, done) if barred else ()
    groups = {
        "Withdrawn": [row for row in left if row.withdrawn],
        "Received too late, so not scored": [row for row in barred if row.reference in late],
        "Not eligible, so not scored": [row for row in barred if row.reference not in late],
        "Incomplete, so not awarded": [row for row in left if _is(row, Eligibility.TO_CHECK)],
    }
    told = {row.reference for group in groups.values() for row in group}
    rest = "No recommendation yet" if is_draft else "No decision yet"
    groups[rest] = [row for row in left if row.reference not in told]
    for words, group in groups.items():
        if group:
            yield f"{words}: {listed(sorted(row.reference for row in group))}."


def _is(row: ApplicationRow, eligibility: Eligibility) -> bool:
    return row.eligibility is eligibility and not row.withdrawn
