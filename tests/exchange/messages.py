"""E-mails for tests: as mail programs save them, and Outlook's .msg written by its rules."""

import struct
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise

SECTOR, END, FREE = 512, 0xFFFFFFFE, 0xFFFFFFFF
Tree = dict[str, "bytes | Tree"]
SENT = datetime(2026, 7, 31, 23, 30)
"""By Greenwich: half past midnight on the first of August in the office."""


def mail(
    files: Mapping[str, bytes] = {},
    *,
    subject: str = "Our application",
    words: str = "Please find our form.",
    date: str = "Fri, 31 Jul 2026 23:30:00 +0000",
) -> EmailMessage:
    """Return an e-mail with files attached."""
    message = EmailMessage()
    message["From"] = "Zoë Lantern <zoe@lantern.example>"
    message["Subject"] = subject
    message["Date"] = date
    message.set_content(words)
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def outlook(
    files: Mapping[str, "bytes | Tree"] = {}, *, subject: str = "Our application", head: int = 32
) -> Tree:
    """Return the storages of a message as Outlook saves it; a file that is a tree is a message attached."""
    ticks = (SENT - datetime(1601, 1, 1)) // timedelta(microseconds=1) * 10
    tree: Tree = {
        "__properties_version1.0": bytes(head) + struct.pack("<IIQ", 0x00390040, 6, ticks),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Zoë Lantern".encode("utf-16-le"),
        "__substg1.0_5D01001F": "zoe@lantern.example".encode("utf-16-le"),
        "__substg1.0_1000001F": "Please find our form.\r\n".encode("utf-16-le"),
    }
    for at, (name, content) in enumerate(files.items()):
        data = "__substg1.0_3701000D" if isinstance(content, dict) else "__substg1.0_37010102"
        tree[f"__attach_version1.0_#{at:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            data: content,
        }
    return tree


def ole(tree: Tree, small: int = 0) -> bytes:
    """Write storages and streams as an OLE file, streams of fewer bytes than `small` in small sectors."""
    entries: list[bytes] = []
    sectors: list[bytes] = []
    following: list[int] = []
    small_sectors: list[bytes] = []
    small_following: list[int] = []

    def chain(
        content: bytes, sectors: list[bytes] = sectors, following: list[int] = following, size: int = SECTOR
    ) -> int:
        first, count = len(sectors), -(-len(content) // size)
        sectors.extend(content[at * size : (at + 1) * size].ljust(size, b"\0") for at in range(count))
        following.extend([*range(first + 1, first + count), END][:count])
        return first if count else END

    def put(name: str, what: "bytes | Tree", kind: int) -> int:
        at = len(entries)
        entries.append(b"")
        start, size, child = 0, 0, FREE
        if isinstance(what, dict):
            inside = [put(one, held, 1 if isinstance(held, dict) else 2) for one, held in what.items()]
            _ring(entries, inside)
            child = inside[0] if inside else FREE
        else:
            within = (small_sectors, small_following, 64) if len(what) < small else ()
            start, size = chain(what, *within), len(what)
        wide = name.encode("utf-16-le").ljust(64, b"\0")
        entries[at] = wide + struct.pack("<HBBIII", len(name) * 2 + 2, kind, 1, FREE, FREE, child)
        entries[at] += bytes(36) + struct.pack("<IQ", start, size)
        return at

    put("Root Entry", tree, 5)
    whole = b"".join(small_sectors)
    entries[0] = entries[0][:116] + struct.pack("<IQ", chain(whole), len(whole))
    small_table = chain(struct.pack(f"<{len(small_following)}I", *small_following))
    directory = chain(b"".join(entries))
    count = -(-(len(following) + 4) // (SECTOR // 4 - 1))
    tables = range(len(sectors), len(sectors) + count)
    table = struct.pack(f"<{len(following)}I", *following) + b"\xfd\xff\xff\xff" * count
    table = table.ljust(count * SECTOR, b"\xff")
    listed = [*tables, *[FREE] * (109 - count)]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head += bytes(10) + struct.pack("<IIIIIIIII", count, directory, 0, small, small_table, 0, END, 0, 0)[:36]
    return head[:76].ljust(76, b"\0") + struct.pack("<109I", *listed) + b"".join(sectors) + table


def _ring(entries: list[bytes], inside: Sequence[int]) -> None:
    """Have each entry lead to the next one beside it."""
    for one, after in pairwise(inside):
        entries[one] = entries[one][:72] + struct.pack("<I", after) + entries[one][76:]
