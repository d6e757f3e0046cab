"""Read an office's logo safely: checked and drawn anew in a process that can be killed."""

import base64
import json
import subprocess
from pathlib import Path

from msgspec import Struct

from exchange.reading.logo_worker import MAX_LOGO_BYTES
from exchange.reading.sheets import LOGO, ask_worker, problem_with_file, shown_name
from models.trouble import Trouble

_WHAT = "choose a PNG or JPEG file"
_UNSAFE = "could not be read safely; open it in a drawing program, save it as PNG or JPEG and try again"


class Logo(Struct, frozen=True):
    """A logo as PNG, no larger than a paper needs it, with its size in pixels."""

    png: bytes
    width: int
    height: int


def read_logo(path: Path) -> Logo:
    """Read a PNG or JPEG; the file is only read. Raises `Trouble` with one sentence for what is no logo."""
    shown = shown_name(path)
    problem = problem_with_file(path, _WHAT, MAX_LOGO_BYTES, "larger than 1 MB; save a smaller picture")
    if problem:
        raise Trouble(f"{shown} {problem}.")
    try:
        found = json.loads(ask_worker(path, None, LOGO))
    except (ValueError, subprocess.SubprocessError) as error:
        raise Trouble(f"{shown} {_UNSAFE}; nothing was changed.") from error
    if "trouble" in found:
        raise Trouble(f"{shown} {found['trouble']}.")
    return Logo(base64.b64decode(found["png"]), found["width"], found["height"])
