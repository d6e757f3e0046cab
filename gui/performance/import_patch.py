"""Let Qt's binding not read the source of everything that is imported.

It looks there for its own name, to see who may write its methods in another style, and what it has read
stays in memory: a tenth of the start, and 341 MB instead of 302 with all pages shown. Nothing here writes
them otherwise.
It came with https://bugreports.qt.io/browse/PYSIDE-2029; once the binding reads no source, this file can go.
"""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401  the binding looks from here on

BINDING = "shibokensupport.feature"
LOOKS = "_mod_uses_pyside"
OURS = "gui"


def patch_signature_import() -> None:
    """Tell the binding by its name what a module is; a binding of another make is let be."""
    binding = sys.modules.get(BINDING)
    if binding is not None and hasattr(binding, LOOKS):
        setattr(binding, LOOKS, _is_ours)


def _is_ours(module: ModuleType) -> bool:
    return module.__name__.partition(".")[0] == OURS
