"""The Windows chain on a Debian machine: freeze under Wine, pack, install, open, try, remove.

    python3 packaging/wine_smoke.py --work /var/tmp/grant-panel-wine

Run it as root, or where the packages it names are installed. Wine is a smoke test, not proof: a release is
built and tried on Windows (`.github/workflows/release.yml`). Each step prints what held; the first that
does not ends it with status 1. What a step made is not made again, so it can be gone on with.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import zipfile
from pathlib import Path

from frozen import Failed
from smoke import go_through, megabytes
from wine_chain import COMPILER, DISPLAY, HERE, OPENS_S, REMOVES_S, ROOT, WIDTH, Chain
from wine_libraries import STUB_MATH, exports, library, stands_in_for_what_wine_lacks
from wine_switches import holds_every_switch, refuses_while_open

PACKAGES = "wine wine64 nsis gcc-mingw-w64-x86-64 binutils xvfb openbox imagemagick python3-pip"

MADE = (
    "wheels",
    "python",
    "prefix",
    "build",
    "dist",
    "sample",
    "pages",
    "grant-panel-setup.exe",
    "window.png",
)
"""What the chain makes in its work folder."""


def installs_the_tools(chain: Chain) -> str:
    """Wine, the set-up's compiler, a C compiler for Windows, and a display."""
    tools = ("wine", "makensis", COMPILER, "Xvfb", "openbox", "import")
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        chain.run("apt-get", "update")
        chain.run("apt-get", "install", "-y", "--no-install-recommends", *PACKAGES.split())
    return chain.run("wine", "--version").strip()


def fetches_the_wheels(chain: Chain) -> str:
    """The locked packages as Windows has them, and Windows' Python as one of them carries it."""
    if not chain.wheels.exists():
        locks = [ROOT / "requirements.lock", ROOT / "requirements-package.lock", HERE / "windows/wine.lock"]
        for lock in locks:
            wanted = chain.work / lock.name
            wanted.write_text(for_windows(lock.read_text(encoding="utf-8")), encoding="utf-8")
            fetch = (
                "-m pip download -q --no-deps --only-binary=:all: --platform win_amd64 --python-version 3.11"
            )
            chain.run(sys.executable, *fetch.split(), "--require-hashes", "-r", wanted, "-d", chain.wheels)
    return f"{len(list(chain.wheels.glob('*.whl')))} wheels"


def for_windows(lock: str) -> str:
    """Return a lock with what is for Windows kept and what is for macOS left out.

    pip asks the machine that it runs on whether a line is meant, whatever platform it fetches for.
    """
    entries = re.split(r"\n(?=\S)", lock.strip())
    kept = [entry for entry in entries if "== 'darwin'" not in entry]
    return "\n".join(re.sub(r" ; [^\\\n]*(?= \\)", "", entry) for entry in kept) + "\n"


def makes_a_windows_python(chain: Chain) -> str:
    """Python for Windows from its own libraries, with the packages, in a folder."""
    if not (chain.python / "python.exe").exists():
        _unpack_python(chain)
        _build_forwarder(chain)
        program = chain.work / "python.c"
        program.write_text(PYTHON_PROGRAM, encoding="utf-8")
        chain.run(COMPILER, "-municode", "-o", chain.python / "python.exe", program)
    return chain.wine(chain.python / "python.exe", "-VV").splitlines()[-1]


def _unpack_python(chain: Chain) -> None:
    packages = chain.python / "Lib" / "site-packages"
    packages.mkdir(parents=True, exist_ok=True)
    standard = Path(sysconfig.get_path("stdlib"))
    ignored = shutil.ignore_patterns(
        "site-packages", "dist-packages", "test", "__pycache__", "*.so", "config-*"
    )
    shutil.copytree(standard, chain.python / "Lib", dirs_exist_ok=True, ignore=ignored)
    for wheel in sorted(chain.wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            if wheel.name.startswith("panda3d"):
                for name in packed.namelist():
                    own = Path(name).name
                    if name.startswith("deploy_libs/") and not own.startswith(("api-ms", "tcl", "tk")):
                        (chain.python / own).write_bytes(packed.read(name))
            else:
                packed.extractall(packages)
    _describe_ourselves(packages)


def _describe_ourselves(packages: Path) -> None:
    """Let the version be found as it is where the checkout is installed."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert version is not None
    own = packages / f"grant_panel-{version[1]}.dist-info"
    own.mkdir(exist_ok=True)
    (own / "METADATA").write_text(f"Metadata-Version: 2.1\nName: grant-panel\nVersion: {version[1]}\n")


def _build_forwarder(chain: Chain) -> None:
    """Make `python3.dll`, which some extensions ask: it hands each call on to `python311.dll`."""
    names = exports(chain, chain.python / "python311.dll", r"^_?Py")
    library(chain, "python3.dll", {name: f"python311.{name}" for name in names}, "", chain.python)


def freezes(chain: Chain) -> str:
    """The frozen folder, by the spec that every system uses."""
    if not (chain.frozen / "grant-panel.exe").exists():
        build = ("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN")
        places = ("--distpath", "dist", "--workpath", "build")
        chain.wine(chain.python / "python.exe", *build, *places, HERE / "grant-panel.spec")
    strangers = [
        name for name in ("icuuc.dll", "bcryptprimitives.dll", STUB_MATH) if list(chain.frozen.rglob(name))
    ]
    if strangers:
        raise Failed(f"the stand-ins {strangers} were frozen")
    return f"{megabytes(chain.frozen)} MB"


def packs_the_set_up(chain: Chain) -> str:
    """The set-up, in one file."""
    set_up = chain.work / "grant-panel-setup.exe"
    if not set_up.exists():
        given = {"VERSION": chain.wine(chain.frozen / "grant-panel.exe", "--version").split()[-1]}
        given |= {"FOLDER": "dist/grant-panel", "OUT": set_up.name}
        chain.run(
            "makensis",
            "-V2",
            WIDTH,
            "-NOCD",
            "-DQUICK",
            *(f"-D{name}={text}" for name, text in given.items()),
            HERE / "windows/set-up.nsi",
        )
    return f"{set_up.stat().st_size >> 20} MB"


def installs_without_a_question(chain: Chain) -> str:
    """Silent, for one person, into their own folder; the record's ending and the start menu know it."""
    chain.wine(chain.work / "grant-panel-setup.exe", "/S")
    if not (chain.installed / "grant-panel-window.exe").exists():
        raise Failed(f"nothing is in {chain.installed}")
    for ending, kind in ((".panel", "GrantPanel.Record"), (".gpack", "GrantPanel.Pack")):
        if kind not in _registry(chain, rf"HKCU\Software\Classes\{ending}"):
            raise Failed(f"{ending} is not known")
    if not _links(chain):
        raise Failed("nothing is in the start menu")
    return f"{megabytes(chain.installed)} MB"


def _links(chain: Chain) -> list[Path]:
    return list((chain.prefix / "drive_c/users").rglob("Grant Panel*.lnk"))


def _registry(chain: Chain, key: str) -> str:
    try:
        return chain.wine("reg", "query", key, "/s")
    except Failed:
        return ""


def holds_the_smoke_of_every_system(chain: Chain) -> str:
    """The steps that each system's folder goes through, on the installed one."""
    print(flush=True)
    tried = [sys.executable, str(HERE / "smoke.py"), str(chain.installed), "--with", "wine"]
    done = subprocess.run([*tried, "--pictures", str(chain.work / "pages")], env=chain.environment)
    if done.returncode:
        raise Failed("see above")
    return "all steps"


def opens_what_is_clicked(chain: Chain) -> str:
    """What a double click on a record starts opens the window on it, which is pictured.

    It is started as the registry says: Wine's own desktop does not look at one person's file types.
    """
    record = chain.prefix / "drive_c" / "office of m\u00fcller.panel"
    chain.wine(chain.installed / "grant-panel.exe", "demo", "--out", "sample", "--no-window")
    shutil.copy(chain.work / "sample/sample.panel", record)
    began = time.monotonic()
    asked = _registry(chain, r"HKCU\Software\Classes\GrantPanel.Record\shell\open\command")
    if not asked.rstrip().endswith('\\grant-panel-window.exe" "%1"'):
        raise Failed(f"a double click starts {asked.strip()}")
    window = chain.begin("grant-panel-window.exe", "C:\\" + record.name)
    _wait_until(record.with_name(f"{record.name}.lock").exists, "the window did not open the record")
    opened = time.monotonic() - began
    time.sleep(20)
    chain.run("import", "-window", "root", chain.work / "window.png")
    chain.end(window)
    return f"open after {opened:.1f} s, pictured in {chain.work / 'window.png'}"


def refuses_to_remove_what_runs(chain: Chain) -> str:
    """While the window is open set-up and uninstaller stop, and nothing is half replaced or removed."""
    window = chain.begin("grant-panel-window.exe")
    time.sleep(15)
    before = len(list(chain.installed.rglob("*")))
    refuses_while_open(chain)
    subprocess.run(["wine", chain.installed / "uninstall.exe", "/S"], env=chain.environment, cwd=chain.work)
    time.sleep(10)
    left = len(list(chain.installed.rglob("*")))
    chain.end(window)
    if left != before:
        raise Failed(f"{before - left} files are gone although the window was open")
    return f"{left} files stayed"


def removes_all_but_records(chain: Chain) -> str:
    """Silent removal leaves no file of the program and no key, and every record."""
    record = chain.prefix / "drive_c" / "office of m\u00fcller.panel"
    chain.wine(chain.installed / "uninstall.exe", "/S")
    _wait_until(lambda: not chain.installed.exists(), "files of the program are left", REMOVES_S)
    known = (
        r"HKCU\Software\Classes\.panel",
        r"HKCU\Software\Classes\.gpack",
        r"HKCU\Software\Classes\GrantPanel.Record",
    )
    listed = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\GrantPanel"
    left = [key for key in (*known, listed) if "GrantPanel" in _registry(chain, key)]
    if left or _links(chain):
        raise Failed(f"left behind: {left} {_links(chain)}")
    if not record.exists():
        raise Failed("the record is gone")
    return "nothing left but the record"


def _wait_until(is_so: object, words: str, within: float = OPENS_S) -> None:
    assert callable(is_so)
    until = time.monotonic() + within
    while not is_so():
        if time.monotonic() > until:
            raise Failed(words)
        time.sleep(0.2)


PYTHON_PROGRAM = """
#include <windows.h>
typedef int (*Main)(int, wchar_t **);
int wmain(int count, wchar_t **words) {
    HMODULE library = LoadLibraryW(L"python311.dll");
    if (!library) return 99;
    return ((Main)GetProcAddress(library, "Py_Main"))(count, words);
}
"""
STEPS = (
    installs_the_tools,
    fetches_the_wheels,
    makes_a_windows_python,
    stands_in_for_what_wine_lacks,
    freezes,
    packs_the_set_up,
    installs_without_a_question,
    holds_the_smoke_of_every_system,
    opens_what_is_clicked,
    refuses_to_remove_what_runs,
    removes_all_but_records,
    holds_every_switch,
)


def clear(work: Path) -> None:
    """Take away what an earlier chain made in its folder: a step would go on with it, and fail for that."""
    for name in MADE:
        made = work / name
        if made.is_dir():
            shutil.rmtree(made)
        else:
            made.unlink(missing_ok=True)


def main() -> int:
    """Read the arguments and go through the chain; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="the folder to work in, of about 2 GB")
    parser.add_argument("--wheels", type=Path, help="where the wheels lie, else they are fetched")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    clear(given.work)
    chain = Chain(given.work.resolve(), given.wheels)
    shown = (
        [subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL)]
        if shutil.which("Xvfb")
        else []
    )
    try:
        return go_through(STEPS, chain)
    finally:
        for one in shown:
            one.terminate()


if __name__ == "__main__":
    sys.exit(main())
