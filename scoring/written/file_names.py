"""The name of a file made of what people call things: one that every system can hold."""

import re

from scoring.written.names import composed
from scoring.written.text import one_line

_BARRED = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
"""What a file's name cannot hold on one system or another."""


_DEVICE = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)
"""What Windows takes for a device, whatever ending follows."""


def shortened(name: str, most: int) -> str:
    """Return a name of at most so many letters, cut between two words where there are several."""
    if len(name) <= most:
        return name
    return name[: most + 1].rpartition(" ")[0].rstrip(" ,;-") or name[:most]


def file_name(*parts: str) -> str:
    """Return a name without its ending: the parts that say something, "-" for what no name may hold.

    A name that Windows keeps for a device, as "Con" or "com1.2026", has a "-" behind that.
    """
    name = _BARRED.sub("-", composed(one_line(" ".join(filter(None, parts))))).strip(" .")
    return _DEVICE.sub(r"\1-", name)
