"""Start the window: `grant-panel-window [RECORD]`."""

import gc
import sys


def main() -> int:
    """Open the window, on a record if one is named; return the exit status."""
    begin()
    from gui.app import main as show

    return show()


def begin() -> None:
    """Load what a record needs before the windows: PySide looks through all that is loaded after it."""
    gc.disable()  # from here on the program itself looks for unused objects, once it stands
    import models.record  # noqa: F401
    from gui.performance.trim_memory import share_heap

    share_heap()
    from gui.performance.import_patch import patch_signature_import

    patch_signature_import()


if __name__ == "__main__":
    sys.exit(main())
