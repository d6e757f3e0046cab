"""Peak memory of the largest import and schedule, each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.table import Row

LIMIT_MB = 400
TASKS = {
    "Importing 10,000 rows": "benchmarks.importing",
    "Schedule .xlsx of 10,000 lines": "benchmarks.schedules",
    "A pack of 200 MB written and read": "benchmarks.packs",
}


def measure() -> Iterator[Row]:
    """Yield the peak memory of each; it is not measured on Windows."""
    if sys.platform == "win32":
        return
    for what, module in TASKS.items():
        code = f"from {module} import once; once(); from benchmarks.memory import peak; print(peak())"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        yield Row(f"{what}, peak memory", int(done.stdout.split()[-1]), LIMIT_MB, "MB")


def peak() -> int:
    """Return the most memory this process, or any it waited for, has held, in megabytes."""
    import resource

    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    held = max(resource.getrusage(kind).ru_maxrss for kind in kinds)
    return held // (1 << 20 if sys.platform == "darwin" else 1 << 10)
