"""Give Python's own import statement back, which Qt's binding takes over.

It looks at everything that is imported for its own name, to see who may write its methods in another style,
and what it has read stays in memory: a tenth of the start, and 341 MB instead of 302 with all pages shown.
Nothing here writes them otherwise.
It came with https://bugreports.qt.io/browse/PYSIDE-2029; once the binding reads no source, this file can go.
"""

import builtins

import PySide6.QtCore  # noqa: F401  the binding looks from here on

OWN, KEPT = "__import__", "__orig_import__"


def restore_import() -> None:
    """Import as before the binding came; one of another make, which kept nothing, is let be."""
    setattr(builtins, OWN, getattr(builtins, KEPT, builtins.__import__))
