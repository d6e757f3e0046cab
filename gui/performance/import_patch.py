"""Load Qt's binding without what it never needs here: its own import statement, and what writes its stubs.

The first looks at everything that is imported for its own name, to see who may write its methods in another
style, and what it has read stays in memory: a tenth of the start, and 341 MB instead of 302 with all pages
shown. Nothing here writes them otherwise. The second is compiled anew at each start, for 14 ms of it.
It came with https://bugreports.qt.io/browse/PYSIDE-2029; once the binding reads no source, this file can go.
"""

import builtins
from typing import Any

STUBS = "pyi_generator.py"


def load_binding() -> None:
    """Load it, and import as before it came; one of another make, which kept nothing, is let be."""
    own: Any = builtins
    compiled = own.compile
    own.compile = lambda text, name, *how, **more: compiled("" if STUBS in name else text, name, *how, **more)
    import PySide6.QtCore  # noqa: F401  the binding looks from here on

    own.compile = compiled
    own.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
