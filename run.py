"""The front door of a checkout: set up `.venv` when needed, then run the command, tests or bench.

`run.py ARGS` runs `grant-panel ARGS`; `run.py test [pytest's own arguments]` every check and the tests;
`run.py bench` the benchmarks; `run.py soak` the long tests. Its own words go to standard error.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOG = VENV / "set-up.log"
ON_WINDOWS = os.name == "nt"
PYTHON = str(VENV / ("Scripts/python.exe" if ON_WINDOWS else "bin/python"))
COMMAND = str(VENV / ("Scripts/grant-panel.exe" if ON_WINDOWS else "bin/grant-panel"))
TEST_LOCK = "requirements-test.lock"
LOCKS = {"test": TEST_LOCK, "soak": TEST_LOCK, "bench": "requirements-bench.lock"}
CHECKS = [f"-m {check}".split() for check in ("ruff format --check .", "ruff check .", "mypy")]
CONTRACTS = ["-c", "from importlinter.cli import lint_imports_command as lint_imports; lint_imports()"]
STEPS = {"test": [*CHECKS, CONTRACTS, ["-m", "pytest", "-n", "2"]], "bench": [["-m", "benchmarks"]]}
STEPS["soak"] = [["-m", "pytest", "-n", "2", "-m", "soak or safety", "--timeout=0"]]
QT_LIBRARIES = """libEGL.so.1 libegl1, libGL.so.1 libgl1, libxkbcommon.so.0 libxkbcommon0,
    libdbus-1.so.3 libdbus-1-3, libfontconfig.so.1 libfontconfig1, libgthread-2.0.so.0 libglib2.0-0,
    libxkbcommon-x11.so.0 libxkbcommon-x11-0, libxcb-cursor.so.0 libxcb-cursor0, libxcb-xkb.so.1 libxcb-xkb1,
    libxcb-icccm.so.4 libxcb-icccm4, libxcb-image.so.0 libxcb-image0, libxcb-keysyms.so.1 libxcb-keysyms1,
    libxcb-render-util.so.0 libxcb-render-util0, libxcb-shape.so.0 libxcb-shape0"""
CAUSES = {  # a sign in pip's log, and what it means
    "No space left": "the disk is full. Make about 1 GB of room",
    "DO NOT MATCH THE HASHES": "a package was not the one that is locked, so it was left out. Wait a little",
    "No matching distribution": "a package could not be fetched for this computer. Check the network",
    "Permission denied": "the folder may not be written to. Copy the checkout to one of your own",
}


def main(arguments: list[str]) -> int:
    """Do what the arguments ask and return the exit status; on POSIX the command takes this process over."""
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit(f"Grant Panel needs Python 3.11, 3.12 or 3.13, and this is {sys.version.split()[0]}.")
    task = "".join(arguments[:1])
    if set_up("requirements.lock", *filter(None, [LOCKS.get(task)])) or task in LOCKS or may_open(arguments):
        offer_libraries()
    if task in LOCKS:
        return run_task(task, arguments[1:])
    if not ON_WINDOWS:
        os.execv(PYTHON, [PYTHON, COMMAND, *arguments])
    return subprocess.run([COMMAND, *arguments]).returncode


def warn(words: str) -> None:
    """Print a line on standard error."""
    print(words, file=sys.stderr)


def set_up(*locks: str) -> bool:
    """Bring `.venv` up to these locks, each stamped last so that an interrupted set-up goes on."""
    stale = [lock for lock in locks if not is_installed(lock)]
    if stale and not (Path(PYTHON).exists() and quietly(PYTHON, "-m", "pip", "-V")):
        warn("Making .venv for Grant Panel: once, some minutes, about 150 MB to fetch.")
        if not quietly(sys.executable, "-m", "venv", "--clear", str(VENV)):
            sys.exit("Setting up stopped: .venv cannot be made. On Debian: sudo apt-get install python3-venv")
    for lock in stale:
        warn(f"Installing what {lock} lists.")
        sources = ["--no-binary=odfpy"] if lock == TEST_LOCK else []  # odfpy publishes no wheel
        install("--require-hashes", "--only-binary=:all:", *sources, "-r", lock)
        if lock == "requirements.lock":
            install("--no-deps", "-e", ".")
        (VENV / f"{lock}.stamp").write_text(fingerprint(lock), "utf-8")
    return bool(stale)


def is_installed(lock: str) -> bool:
    """Whether this lock was installed to the end."""
    stamp = VENV / f"{lock}.stamp"
    return Path(PYTHON).exists() and stamp.is_file() and stamp.read_text("utf-8") == fingerprint(lock)


def fingerprint(lock: str) -> str:
    """Return the hash of all that an installation depends on: lock, project file and folder."""
    files = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(files + os.fsencode(ROOT)).hexdigest()


def install(*what: str) -> None:
    """Install with the environment's own pip, or leave with the cause that its log names."""
    options = ("--no-input", "--disable-pip-version-check", "--retries=2", "--no-build-isolation")
    pip = [PYTHON, "-m", "pip", "install", *options, *what]
    with LOG.open("w", encoding="utf-8") as out:
        done = subprocess.run(pip, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    if done.returncode:
        text = LOG.read_text(encoding="utf-8", errors="replace")
        cause = next((words for sign, words in CAUSES.items() if sign in text), "a package failed to install")
        sys.exit(f"Setting up stopped: {cause}, then run the same command again (details in {LOG}).")


def may_open(arguments: list[str]) -> bool:
    """Whether this command may open a window, on a display that is there."""
    task, shown = "".join(arguments[:1]), "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return shown and "--no-window" not in arguments and (task in ("", "demo") or task.endswith(".panel"))


def offer_libraries() -> None:
    """On Linux, try what Qt loads; install what is missing as root on Debian, else print the command."""
    pairs = (pair.split() for pair in QT_LIBRARIES.split(",") if sys.platform == "linux")
    missing = [package for library, package in pairs if not loads(library)]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if missing and Path("/etc/debian_version").exists() and os.geteuid() == 0:
        warn(f"Installing system libraries that windows and tests need: {' '.join(missing)}.")
        missing = [] if quietly("apt-get", "update") and quietly(*command) else missing
    if missing:
        warn(f"Windows lack system libraries; the rest works. On Debian, run: sudo {' '.join(command)}")


def loads(library: str) -> bool:
    """Whether the system can load this shared library."""
    try:
        return bool(ctypes.CDLL(library))
    except OSError:
        return False


def quietly(*command: str) -> bool:
    """Run a command without showing its output; say whether it went well."""
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def run_task(task: str, arguments: list[str]) -> int:
    """Run the steps of a task, all of them and pytest last; return the first status that is not nought."""
    steps = [*STEPS[task][:-1], [*STEPS[task][-1], *arguments]]
    return next(filter(None, [run_python(*step) for step in steps]), 0)


def run_python(*arguments: str) -> int:
    """Run the environment's Python in the checkout, without a window, and return its status."""
    warn(f"Running {' '.join(arguments)}")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (KeyboardInterrupt, OSError) as stopped:
        sys.exit(f"Stopped ({stopped or 'as you asked'}). Run the same command again to go on.")
