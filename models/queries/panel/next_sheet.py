"""Which sheet comes next: those skipped last, those with the fewest sheets of others first."""

from collections.abc import Collection, Sequence

from models.queries.panel.sheet_lines import SheetLine, SheetState


def next_sheet(lines: Sequence[SheetLine], current: int, skipped: Collection[str]) -> int | None:
    """Return the next sheet that is still to be marked, None when there is none.

    Among those open, one that was not skipped comes first, then the one with the fewest complete sheets
    of other members, then the next in order, beginning again at the top.
    """
    count = len(lines)
    waiting = [
        number for number, line in enumerate(lines) if line.state is SheetState.OPEN and number != current
    ]
    if not waiting:
        return None
    return min(
        waiting,
        key=lambda number: (
            lines[number].reference in skipped,
            lines[number].others,
            (number - current - 1) % count,
        ),
    )
