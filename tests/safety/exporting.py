"""Papers and packs written over and over, as tasks that are killed."""

from pathlib import Path

from openpyxl import Workbook

from exchange.pack_files import Stretching, seal, write_sealed
from scoring.schedule.values import AwardSchedule
from tests.exchange.schedule_rounds import made_round, schedule_of, write_schedule
from tests.safety.forked import say

KEY = "six plain random words in order"
LIGHT = Stretching(memory_kib=8 * 1024, passes=1, lanes=1)


def write(path: Path, schedule: AwardSchedule) -> None:
    """Write a paper, or something sealed, by the ending of its path."""
    match path.suffix:
        case ".xlsx" | ".pdf":
            write_schedule(schedule, path)
        case _:
            body = (schedule.fund * 20_000).encode()
            write_sealed((seal("pack", "one", body, KEY, stretching=LIGHT),), path)


def export_on(path: str) -> None:
    """Write one file over and over, telling of each, until somebody ends it."""
    schedule = schedule_of(made_round(40))
    say("begun")
    while True:
        write(Path(path), schedule)
        say("written")


def save_directly_on(path: str) -> None:
    """Save a workbook straight to its own name over and over, as no paper of ours is saved."""
    book = Workbook()
    for number in range(3_000):
        book.active.append([number, "What an applicant wrote"])
    say("begun")
    while True:
        book.save(path)
