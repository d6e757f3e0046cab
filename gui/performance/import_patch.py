"""Load Qt's binding without what it never needs here: its own import statement, and what writes its stubs.

The first looks at everything that is imported for its own name, to see who may write its methods in another
style, and what it has read stays in memory: a tenth of the start, and 341 MB instead of 302 with all pages
shown. Nothing here writes them otherwise. What the binding holds in Python it compiles anew at each start,
for 20 ms: here it is kept as Python keeps its own modules, but for what writes stubs, which is left out.
It came with https://bugreports.qt.io/browse/PYSIDE-2029; once the binding reads no source, this file can go.
"""

import builtins
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

STUBS = "pyi_generator.py"


def load_binding() -> None:
    """Load it, and import as before it came; one of another make, which kept nothing, is let be."""
    own: Any = builtins
    compiled, kept = own.compile, Path(cache_from_source(__file__)).with_suffix(".binding")
    codes: dict[bytes, CodeType] = {}
    with suppress(OSError, EOFError, TypeError, ValueError):
        codes = dict(marshal.loads(kept.read_bytes()))
    known = len(codes)

    def compiled_once(text: bytes, name: str, *how: Any, **more: Any) -> CodeType:
        if text not in codes:
            codes[text] = compiled("" if STUBS in name else text, name, *how, **more)
        return codes[text]

    own.compile = compiled_once
    import PySide6.QtCore  # noqa: F401  the binding looks from here on

    own.compile = compiled
    own.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    if len(codes) > known and not sys.dont_write_bytecode:
        part = kept.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # the folder may be another's
            part.write_bytes(marshal.dumps(codes))
            part.replace(kept)
