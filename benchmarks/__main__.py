"""Run every comparison and print the ratios; the exit status is 0 whatever they are."""

import gc

from benchmarks import (
    big_record,
    command,
    importing,
    memory,
    office_server,
    papers,
    ranking,
    record_saving,
    registers,
    schedules,
    sensitivity,
)
from benchmarks.window import figures

COLLECT_AFTER = (100_000, 50, 100)
"""When unused objects are looked for: as the command and the window set it, for both sides alike."""

# Memory comes first: a process is said to have held what the one that started it held before.

if __name__ == "__main__":
    gc.set_threshold(*COLLECT_AFTER)
    parts = (memory, command, ranking, importing, registers, schedules, papers, sensitivity)
    for benchmark in (*parts, record_saving, big_record, office_server, figures):
        benchmark.run()
