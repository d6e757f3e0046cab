"""Start the window: `grant-panel-window [RECORD]`."""

import gc
import sys


def main() -> int:
    """Open the window, on a record if one is named; return the exit status."""
    begin()
    from gui.app import main as show

    return show()


def begin() -> None:
    """Have Python and its memory as the window needs them, before anything of it is loaded."""
    gc.disable()  # from here on the program itself looks for unused objects, once it stands
    from gui.performance.trim_memory import share_heap

    share_heap()
    from gui.performance.import_patch import load_binding

    load_binding()


if __name__ == "__main__":
    sys.exit(main())
