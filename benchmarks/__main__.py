"""Run every comparison and print the ratios; the exit status is 0 whatever they are."""

import gc

from benchmarks import command, importing, memory, ranking, schedules

COLLECT_AFTER = (100_000, 50, 100)
"""When unused objects are looked for: as the command and the window set it, for both sides alike."""

if __name__ == "__main__":
    gc.set_threshold(*COLLECT_AFTER)
    for benchmark in (command, ranking, importing, schedules, memory):
        benchmark.run()
