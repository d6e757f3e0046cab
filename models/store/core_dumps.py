"""No picture of the program's memory on the disk: it would hold the passphrase and every application."""

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource


def forbid_core_dumps() -> None:
    """Have the system write no core file of this process, or of one that it starts, when it crashes."""
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
