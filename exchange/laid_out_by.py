"""Which build of the program lays a paper out, as the properties of its file say it.

A paper that another build laid out is compared with its data alone: its words and places may be that build's.
"""

import hashlib
from functools import cache
from pathlib import Path

from models.version import version

_LAY_OUT = ("exchange/papers", "exchange/pdf", "exchange/xlsx", "models/papers", "scoring")
"""What the words and places of papers come from."""


@cache
def laid_out_by() -> str:
    """Return the version, and in a checkout, where a version has many builds, a sum of these sources."""
    root = Path(__file__).parent.parent
    sources = sorted(path for folder in _LAY_OUT for path in (root / folder).rglob("*.py"))
    digest = hashlib.sha256(b"\n".join(path.read_bytes() for path in sources)).hexdigest()
    return f"Grant Panel {version()} {digest[:12]}"
