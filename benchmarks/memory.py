"""Peak memory of the largest import and schedule, each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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

    of_children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = Path("/proc/self/status")
    if status.exists():
        # What the system counts as its own begins with the memory of the process that started it.
        lines = status.read_text("ascii").splitlines()
        own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    held = max(own, of_children)
    return held // (1 << 20 if sys.platform == "darwin" else 1 << 10)
