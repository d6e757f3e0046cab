"""Run every comparison and print the ratios; the exit status is 0 whatever they are."""

import gc

from benchmarks import command, importing, memory, papers, ranking, schedules, sensitivity, window

COLLECT_AFTER = (100_000, 50, 100)
"""When unused objects are looked for: as the command and the window set it, for both sides alike."""

# Memory comes first: a process is said to have held what the one that started it held before.

if __name__ == "__main__":
    gc.set_threshold(*COLLECT_AFTER)
    for benchmark in (memory, command, ranking, importing, schedules, papers, sensitivity, window):
        benchmark.run()
