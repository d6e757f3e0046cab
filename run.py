"""Set up a checkout in `.venv`; run `grant-panel ARGS`, `test`, `golden`, `soak`, `bench`, `package`."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT, ON_WINDOWS = Path(__file__).resolve().parent, os.name == "nt"
VENV = ROOT / ".venv"
PYTHON = str(VENV / ("Scripts/python.exe" if ON_WINDOWS else "bin/python"))
COMMAND = str(VENV / ("Scripts/grant-panel.exe" if ON_WINDOWS else "bin/grant-panel"))
CHECKS = "ruff format --check .", "ruff check .", "mypy", "pytest -n 3 --dist worksteal"
CONTRACTS = ["-c", "from importlinter.cli import lint_imports_command as lint_imports; lint_imports()"]
STEPS = {"test": [CONTRACTS, *[f"-m {check}".split() for check in CHECKS]], "bench": [["-m", "benchmarks"]]}
STEPS["soak"] = [["-m", "pytest", "-n", "2", "-m", "soak or safety", "--timeout=0"]]
STEPS["golden"], STEPS["package"] = [["-m", "tests.golden"]], [["packaging/build.py"]]
LOCKS = {of: (f"requirements-{'test' if of in ('soak', 'golden') else of}.lock",) for of in STEPS}
LOCKS["bench"] += LOCKS["test"]  # a benchmark starts the tests' office server
QT_LIBRARIES = """EGL.so.1 egl1, GL.so.1 gl1, xkbcommon.so.0 xkbcommon0, dbus-1.so.3 dbus-1-3, fontconfig.so.1
    fontconfig1, gthread-2.0.so.0 glib2.0-0, xkbcommon-x11.so.0 xkbcommon-x11-0, xcb-cursor.so.0 xcb-cursor0,
    xcb-xkb.so.1 xcb-xkb1, xcb-icccm.so.4 xcb-icccm4, xcb-image.so.0 xcb-image0, xcb-keysyms.so.1
    xcb-keysyms1, xcb-render-util.so.0 xcb-render-util0, xcb-shape.so.0 xcb-shape0"""
CAUSES = {  # a sign in pip's log, and what it means
    "No space left": "the disk is full. Make about 1 GB of room",
    "DO NOT MATCH THE HASHES": "a package was not the one that is locked, so it was left out. Wait a little",
    "No matching distribution": "a package could not be fetched for this computer. Check the network",
    "Permission denied": "the folder may not be written to. Copy the checkout to one of your own",
}


def main(arguments: list[str]) -> int:
    """Do what the arguments ask and return the exit status; on POSIX the command takes this process over."""
    if sys.version_info < (3, 11):  # noqa: UP036, an older Python runs this file too
        sys.exit(f"Grant Panel needs Python 3.11 or later, and this is {sys.version.split()[0]}.")
    rest = [argument for argument in arguments if argument != "--install-libraries"]
    task = "".join(rest[:1])
    is_new = set_up("requirements.lock", *LOCKS.get(task, ()))
    if is_new or task in LOCKS or may_open(rest):
        offer_libraries(is_agreed=rest != arguments)
    if is_new:
        quietly(PYTHON, "-m", "compileall", "-qq", "-j0", "-x", VENV.name, str(ROOT))
    if task in LOCKS:
        return run_task(task, rest[1:])
    run = [COMMAND, *rest]
    return subprocess.run(run).returncode if ON_WINDOWS else os.execv(PYTHON, [PYTHON, *run])


def warn(words: str) -> None:
    """Print a line on standard error: standard output is the command's."""
    print(words, file=sys.stderr)


def set_up(*locks: str) -> bool:
    """Bring `.venv` up to these locks, each stamped last so that an interrupted set-up goes on."""
    made, stamps = Path(PYTHON).exists(), [stamp.read_text() for stamp in VENV.glob("*.stamp")]
    stale = [lock for lock in locks if not made or fingerprint(lock) not in stamps]
    if stale:
        refuse_read_only()
    if stale and not (made and quietly(PYTHON, "-m", "pip", "-V")):
        warn("Making .venv for Grant Panel: once, some minutes, about 150 MB to fetch.")
        if not quietly(sys.executable, "-m", "venv", "--clear", str(VENV)):
            sys.exit("Setting up stopped: .venv cannot be made. On Debian: sudo apt-get install python3-venv")
    with ThreadPoolExecutor() as pool:  # side by side, as no package stands in two locks
        list(pool.map(install, stale))
    return bool(stale)


def refuse_read_only() -> None:
    """Leave with a sentence where nothing can be written beside this file, as `.venv` must be."""
    try:
        tempfile.TemporaryFile(dir=ROOT).close()
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            sys.exit(
                f"Setting up stopped: {ROOT} is read-only. Copy it to a folder of your own and run it there."
            )
        raise


def fingerprint(lock: str) -> str:
    """Return the hash of all that an installation depends on: lock, project file and folder."""
    files = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(files + os.fsencode(ROOT)).hexdigest()


def install(lock: str) -> None:
    """Install what a lock lists with the environment's own pip, or leave with the cause that it names."""
    warn(f"Installing what {lock} lists.")
    pip = "-m pip install --no-input --disable-pip-version-check --retries=2 --no-build-isolation --no-deps "
    listed, log = f"--no-compile --require-hashes --only-binary=:all: -r {lock}", VENV / f"{lock}.log"
    for what in (listed, "-e .") if lock == "requirements.lock" else (listed,):
        command = [PYTHON, *(pip + what).split()]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace")
        log.write_text(said := done.stdout + done.stderr, "utf-8")
        if done.returncode:
            cause = next((told for at, told in CAUSES.items() if at in said), "a package failed to install")
            sys.exit(f"Setting up stopped: {cause}, then run the same command again (details in {log}).")
    (VENV / f"{lock}.stamp").write_text(fingerprint(lock), "utf-8")


def may_open(arguments: list[str]) -> bool:
    """Whether this command may open a window, on a display that is there."""
    task, shown = "".join(arguments[:1]), "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return shown and "--no-window" not in arguments and (task in ("", "demo") or task.endswith(".panel"))


def offer_libraries(*, is_agreed: bool) -> None:
    """Try what Qt loads; as root on Debian install what is missing, if that is agreed, else say how."""
    missing = [f"lib{deb}" for so, deb in map(str.split, QT_LIBRARIES.split(",")) if not loads(f"lib{so}")]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if missing and may_install(missing, is_agreed=is_agreed):
        warn(f"Installing system libraries that windows and tests need: {' '.join(missing)}.")
        missing = [] if quietly("apt-get", "update") and quietly(*command) else missing
    if missing:
        warn(f"Windows lack system libraries; the rest works. On Debian, run: sudo {' '.join(command)}")


def may_install(packages: list[str], *, is_agreed: bool) -> bool:
    """Whether to install as root on Debian: ask, but where it is agreed, `CI` is set or nobody can answer."""
    may = Path("/etc/debian_version").exists() and os.geteuid() == 0
    if not may or is_agreed or os.environ.get("CI") or not (sys.stdin and sys.stdin.isatty()):
        return may
    warn(f"Windows and tests need {' '.join(packages)}. Install them with apt-get, as root? [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def loads(library: str) -> bool:
    """Whether the system can load this shared library; only Linux is asked."""
    try:
        return sys.platform != "linux" or bool(ctypes.CDLL(library))
    except OSError:
        return False


def quietly(*command: str) -> bool:
    """Run a command without showing its output; say whether it went well."""
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def run_task(task: str, arguments: list[str]) -> int:
    """Run a task's checks beside its last step, and print them after it; return the first failed status."""
    os.environ.update(QT_QPA_PLATFORM="offscreen", PYTHONDONTWRITEBYTECODE="")  # compiled files are kept
    last, quiet = STEPS[task][-1] + arguments, {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    beside = [subprocess.Popen([PYTHON, *check], cwd=ROOT, **quiet) for check in STEPS[task][:-1]]
    warn(f"Running {' '.join(last)}")
    status = subprocess.run([PYTHON, *last], cwd=ROOT).returncode
    for check in beside:
        warn(f"Ran {' '.join(check.args[1:])}\n{check.communicate()[0].decode(errors='replace')}")
    codes = [*(check.returncode for check in beside), status]
    warn("Failed: see above." if any(codes) else "Everything held.")
    return next(filter(None, codes), 0)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (KeyboardInterrupt, OSError) as stopped:
        sys.exit(f"Stopped ({stopped or 'as you asked'}). Run the same command again to go on.")
