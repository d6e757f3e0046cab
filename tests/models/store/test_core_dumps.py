"""No core file of a process that has had the record in its memory."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FREE = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(4)[1],) * 2)\n"
DIES = "\nimport os, resource; print(resource.getrlimit(resource.RLIMIT_CORE), flush=True); os.abort()"
COMMAND = "from cli.command import main; main(['--version'])"
WINDOW = (
    "from gui import app\napp.Program = lambda given: type('P', (), {'run': lambda self: 0})()\napp.main([])"
)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core files")
@pytest.mark.parametrize("program", [COMMAND, WINDOW], ids=["command", "window"])
def test_a_crash_leaves_no_core(program: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", FREE + program + DIES],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        _, status = os.waitpid(process.pid, 0)
        assert process.stdout is not None
        said = process.stdout.read()
        process.returncode = -os.WTERMSIG(status)

    assert process.returncode == -signal.SIGABRT
    assert said.endswith("(0, 0)\n")
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []
