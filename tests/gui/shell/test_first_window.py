"""The first window and what it asks fit the screen with their frames, whatever its size and scale."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCREENS = {"a small laptop": (1366, 768), "a desk": (1920, 1080)}
LOOKS = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from gui.app import Window, application
from gui.record.runner import InlineRunner
from gui.settings import Settings
from gui.theme.look import look

app = application()
window = Window(app, InlineRunner(), Settings(Path(sys.argv[1])))

def shown(named):
    part = window.main.dialogs.dialog or window.main
    app.processEvents()
    within = part.screen().availableGeometry()
    frame = part.frameGeometry()
    print(named, frame.width(), frame.height(), within.width(), within.height(), within.contains(frame))

for percent in (100, 150, 200):
    look.set_percent(percent)
    window.main.show()
    shown(f"window at {percent}")
    for name in ("search", "person", "keys"):
        window.main.actions_by_name[name].trigger()
        shown(f"{name} at {percent}")
        if window.main.dialogs.dialog is not None:
            window.main.dialogs.dialog.reject()
"""


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_window_and_its_questions_fit(tmp_path: Path, screen: str, scale: str) -> None:
    width, height = SCREENS[screen]
    of_screen = {"name": "a", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    config = tmp_path / "screen.json"
    config.write_text(json.dumps({"windowFrameMargins": True, "screens": [of_screen]}))
    platform = {"QT_QPA_PLATFORM": f"offscreen:configfile={config}", "QT_SCALE_FACTOR": scale}

    command = [sys.executable, "-c", LOOKS, str(tmp_path)]
    done = subprocess.run(command, env=os.environ | platform, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 12
    assert [line for line in lines if not line.endswith("True")] == []
