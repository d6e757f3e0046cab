"""Read an office's Word template safely: looked at in a process that can be killed, then opened."""

import hashlib
import json
import subprocess
from pathlib import Path

from exchange.reading.sheets import TEMPLATE, ask_worker, problem_with_file, shown_name
from exchange.reading.template_worker import MOST_BYTES, template_line
from models.trouble import Trouble

_WHAT = "choose a Word document (.docx)"
_TOO_LARGE = f"larger than {MOST_BYTES // 1_000_000} MB; take out its pictures"
_UNSAFE = "could not be read safely; make it anew in Word and try again; nothing was changed"
_SOUND: set[str] = set()
"""The sums of what was looked at: a template is opened for each of its letters."""


def read_template_file(path: Path) -> bytes:
    """Return the bytes of a template that may be opened; `Trouble` with one sentence for any other."""
    shown = shown_name(path)
    if problem := problem_with_file(path, _WHAT, MOST_BYTES, _TOO_LARGE):
        raise Trouble(f"{shown} {problem}.")
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 not in _SOUND:
        _look_at(path, shown, sha256)
    return content


def require_sound(name: str, content: bytes) -> None:
    """Refuse a template that a record holds, looked at when it was chosen, where it may not be opened."""
    if (sha256 := hashlib.sha256(content).hexdigest()) in _SOUND:
        return
    try:
        template_line(content)
    except Trouble as error:
        raise Trouble(f"{name} {error}.") from error
    _SOUND.add(sha256)


def _look_at(path: Path, shown: str, sha256: str) -> None:
    try:
        found = json.loads(ask_worker(path, None, TEMPLATE))
    except (ValueError, subprocess.SubprocessError) as error:
        raise Trouble(f"{shown} {_UNSAFE}.") from error
    if found.get("sha256") != sha256:
        raise Trouble(f"{shown} {found.get('trouble', _UNSAFE)}.")
    _SOUND.add(sha256)
