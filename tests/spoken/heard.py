"""A window on a display of its own, with Orca beside it, whose words are read from its log."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tty
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

TOOLS = ("Xvfb", "openbox", "dbus-daemon", "orca", "speech-dispatcher", "xdotool", "gsettings")
SAID = re.compile(r"SPEECH OUTPUT: '(.*?)'(?:\{|$)", re.M)
WAIT_S, STEP_S = 120.0, 0.25
STEPS_A_NUDGE = 12
NUDGE = "Shift_R"
"""A key that does nothing. What comes to Orca 43 while it asks the window something waits for the next event
(at-spi2-core 2.46 leaves deferred messages until then), for ever where nobody presses anything."""
STOP_S = 20.0
"""So long a stop of the Tab key may be silent before the next is tried: the last is said as it is."""
SILENT_S = 0.6
MOST_TABS = 25
SCREEN = "1366x768x24"
VOICE = """AudioOutputMethod "alsa"
AudioALSADevice "null"
AddModule "dummy" "sd_dummy" ""
DefaultModule dummy
"""
"""Into no device: without a sound card the dispatcher would end itself, and Orca wait for it at each word."""


class Heard:
    """Starts all that is needed in a folder; `close` ends it, last started first."""

    def __init__(self, place: Path) -> None:
        self._log, self._from, self._keys = place / "orca.log", 0, 0
        self._running: list[subprocess.Popen[bytes]] = []
        home, runtime = place / "home", place / "run"
        voices = home / ".config" / "speech-dispatcher"
        voices.mkdir(parents=True)
        runtime.mkdir(mode=0o700)
        (voices / "speechd.conf").write_text(VOICE, encoding="utf-8")
        self._settings = home / ".local" / "share" / "grant-panel" / "window.json"
        self._settings.parent.mkdir(parents=True)
        self._environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        self._environment["DISPLAY"] = f":{self._told('Xvfb', '-displayfd', '1', '-screen', '0', SCREEN)}"
        bus = self._told("dbus-daemon", "--session", "--nofork", "--print-address=1")
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        self._begin("openbox")
        for key in ("interface toolkit-accessibility", "a11y.applications screen-reader-enabled"):
            self._run("gsettings", "set", *f"org.gnome.desktop.{key}".split(), "true")
        self._begin("orca", "--replace", f"--debug-file={self._written_at_once(self._log)}")
        self.hear("Screen reader on.")

    def open(self, record: Path, **person: str) -> None:
        """Open a record in the window as one of its people: `person`, `role`, `member`."""
        self._settings.write_text(json.dumps(person), encoding="utf-8")
        self._begin(sys.executable, "-m", "gui.start", str(record))

    def press(self, *keys: str) -> None:
        """Press keys by their X names, such as ctrl+7; what is heard counts from the last of them."""
        for key in keys:
            self._from, self._keys = self._size(), self._keys + 1
            self._run("xdotool", "key", key)

    def hear(self, *words: str) -> str:
        """Wait until each of these was said since the last key; return all that was."""
        said = "\n".join(self._wait_for(lambda heard: all(each in "\n".join(heard) for each in words)))
        missing = [each for each in words if each not in said]
        assert not missing, f"not heard: {missing}, but:\n{said}"
        return said

    def _wait_for(self, is_enough: Callable[[list[str]], bool], wait_s: float = WAIT_S) -> list[str]:
        for step in range(1, round(wait_s / STEP_S)):
            if is_enough(self.said()):
                break
            Event().wait(STEP_S)
            if self._keys and step % STEPS_A_NUDGE == 0:
                self._run("xdotool", "key", NUDGE)
        return self.said()

    def tab_to(self, words: str, *, back: bool = True) -> None:
        """Press Tab, backwards unless told, until a control is said by these words."""
        for _ in range(MOST_TABS):
            self.press("shift+Tab" if back else "Tab")
            self._wait_for(bool, STOP_S)
            self._wait_until_said()
            if any(words in each for each in self.said()):
                return
        raise AssertionError(f"{words!r} is not reached by {MOST_TABS} times Tab")

    def _wait_until_said(self) -> None:
        """Wait until nothing more is said: words of the stop before can come after the key to the next."""
        before = 0
        while (pieces := len(self.said())) > before:
            before = pieces
            Event().wait(SILENT_S)

    def said(self) -> list[str]:
        """Return what was said since the last key, a piece each."""
        if not self._log.exists():
            return []
        with self._log.open("rb") as log:
            log.seek(self._from)
            pieces = SAID.findall(log.read().decode("utf-8", "replace"))
        return [piece for piece in pieces if not piece.endswith(" ")]  # else it is a key's own name

    def close(self) -> None:
        """End what was started."""
        for one in reversed(self._running):
            one.kill()
            one.wait()
            if one.stdout is not None:
                one.stdout.close()

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.exists() else 0

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self._environment, check=True, timeout=WAIT_S)

    def _written_at_once(self, log: Path) -> str:
        """Return a terminal whose lines go to a file: Orca itself would write it in blocks."""
        reads, writes = pty.openpty()
        tty.setraw(writes)
        with log.open("wb") as to:
            self._running.append(subprocess.Popen(["cat"], stdin=reads, stdout=to))
        os.close(reads)
        return os.ttyname(writes)

    def _begin(self, *command: str, output: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        silent: Mapping[str, int] = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._running.append(subprocess.Popen(command, env=self._environment, stdout=output, **silent))
        return self._running[-1]

    def _told(self, *command: str) -> str:
        """Start a program and return the line in which it says where it is."""
        output = self._begin(*command, output=subprocess.PIPE).stdout
        assert output is not None
        return output.readline().decode().strip()


def lacking() -> list[str]:
    """Return the tools that are not installed."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]
