"""Run every comparison and print the ratios; the exit status is 0 whatever they are."""

from benchmarks import (
    big_record,
    command,
    file_pages,
    forms,
    importing,
    kept_files,
    memory,
    office_server,
    packs,
    papers,
    ranking,
    record_saving,
    registers,
    schedules,
    sensitivity,
)
from benchmarks.window import figures

# Memory comes first: a process is said to have held what the one that started it held before.

if __name__ == "__main__":
    parts = (
        memory,
        command,
        ranking,
        importing,
        forms,
        registers,
        schedules,
        file_pages,
        papers,
        packs,
        sensitivity,
    )
    for benchmark in (*parts, record_saving, big_record, kept_files, office_server, figures):
        benchmark.run()
