"""Where a record lies: in a file or on an office server, and the folders in which it is not safe."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from urllib.parse import parse_qsl, unquote, urlsplit

import psutil
from msgspec import Struct
from msgspec.structs import replace

from models.trouble import Trouble
from models.values.canonical import Guarded

SCHEMES = ("postgresql://", "postgres://")
_BEGINS = ("postgresql:", "postgres:")
_HERE = ("", "localhost", "127.0.0.1", "::1")
_FORM = "An office server's address reads postgresql://PERSON@HOST/DATABASE. Check it and try again."


class ServerAddress(Guarded, frozen=True):
    """A database on a server, and the login to sign on with; a password in it is never shown.

    `options` are the driver's own ("service", "sslrootcert", …), as the address gives them.
    """

    unshown = frozenset({"password"})
    uncompared = frozenset({"password"})
    host: str
    database: str
    login: str = ""
    port: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    password: str = ""

    def __str__(self) -> str:
        login = f"{self.login}@" if self.login else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.host.startswith("/"):
            port = f"&port={self.port}" if self.port else ""
            place = f"/{self.database}?host={host}{port}"
        else:
            port = f":{self.port}" if self.port else ""
            place = f"{host}{port}/{self.database}"
        return f"{SCHEMES[0]}{login}{place}"

    @property
    def name(self) -> str:
        """Return the record as it is named to a person: "grants on db.example"."""
        service = dict(self.options).get("service")
        if not self.database and service:
            return f"the service {service}"
        return f"{self.database} on {'this computer' if self.is_here else self.host}"

    @property
    def is_here(self) -> bool:
        """Whether the server is this computer, so that nothing crosses a network."""
        return self.host in _HERE or self.host.startswith("/")


FileAddress = Path
"""A record in a file of its own."""

Address = FileAddress | ServerAddress


def address_of(text: str) -> Address:
    """Return the address that somebody typed; one of a server is told by how it begins.

    Raises Trouble where it is a server's, but cannot be understood.
    """
    return server_address(text) if is_of_server(text) else Path(text)


def is_of_server(text: str) -> bool:
    """Whether a text begins as a server's address does, also one that is written with a slip."""
    return text.lower().startswith(_BEGINS)


def server_address(text: str) -> ServerAddress:
    """Return the address of a record on a server; Trouble where it cannot be understood."""
    if not text.lower().startswith(SCHEMES):
        raise Trouble(f"That address cannot be read. {_FORM}")
    try:
        found = urlsplit(text)
        options = dict(parse_qsl(found.query, keep_blank_values=True, strict_parsing=bool(found.query)))
        port = int(options.pop("port")) if options.get("port", "").isdecimal() else found.port
    except ValueError as error:
        raise Trouble(f"That address cannot be read. {_FORM}") from error
    host = options.pop("host", "") or found.hostname or ""
    database = unquote(found.path.removeprefix("/"))
    if "/" in database or found.fragment or not (database or "service" in options):
        raise Trouble(f"That address names no database. {_FORM}")
    return ServerAddress(
        host,
        database,
        unquote(found.username or ""),
        port,
        tuple(sorted(options.items())),
        unquote(found.password or ""),
    )


def without_password(address: Address) -> Address:
    """Return an address that may be remembered: the password that was typed is no part of it."""
    return replace(address, password="") if isinstance(address, ServerAddress) else address


def file_of(address: Address) -> Path:
    """Return the file of a record that has one; whoever asks knows that it is not on a server."""
    assert isinstance(address, Path), "what is asked of a file is not asked of a record on a server"
    return address


_NETWORK = frozenset(
    ("9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs")
) | frozenset(
    ("fuse.rclone", "fuse.sshfs", "ncpfs", "nfs", "nfs3", "nfs4", "smb2", "smb3", "smbfs", "webdav")
)
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_IN_STEP = {
    r"onedrive([\W\d_].*)?": "OneDrive",
    r"sharepoint.*|.* - (shared )?documents|.* - general": "SharePoint",
    r"dropbox([\W\d_].*)?": "Dropbox",
    r"google[ -]?drive.*|my drive( \(.*\))?|shared drives|\.shortcut-targets-by-id": "Google Drive",
    r"icloud.*|mobile documents": "iCloud Drive",
    r"box|box sync|box-box": "Box",
    r"nextcloud([\W\d_].*)?": "Nextcloud",
    r"owncloud([\W\d_].*)?": "ownCloud",
    r"(citrix|creative cloud) files": "a cloud",
    r"pcloud ?(drive|sync)?|mega(sync)?|(tresorit|egnyte|sharefile|sugarsync).*|seafile": "a cloud",
    r"(synology|proton) ?drive.*|jottacloud|syncthing|resilio.*|cloudstorage": "a cloud",
}
"""Names of folders that a program keeps in step with a cloud, whatever their case, and the program."""
_ORDINARY = frozenset(
    ("appdata", "desktop", "documents", "downloads", "favorites", "music", "pictures", "public", "videos")
)
"""Folders of a Windows profile that are no organisation's; libraries of SharePoint lie in one that is."""


class Mount(Struct, frozen=True):
    """A drive or a mounted folder, and whether it is another computer's."""

    folder: str
    is_network: bool


def warnings_about(path: Path) -> tuple[str, ...]:
    """Return what is to be said of the place of a record, in sentences; nothing when it is a good one."""
    return warnings_at(path.resolve(), _mounts(), os.environ)


def warnings_at(path: PurePath, mounts: Sequence[Mount], environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the warnings about a whole path, given the drives and the variables of its computer."""
    found = []
    if _is_on_network(path, mounts):
        found.append(
            f"{path.name} is on a network drive, where two computers may write to it at the same time and "
            "damage it. "
            "Copy the record to this computer, work on it here, and copy it back."
        )
    program = _kept_in_step_by(path, environ)
    if program:
        found.append(
            f"{path.name} is in a folder that {program} synchronises, which may copy it half-way "
            "through a change. Keep the record in another folder, and only copies of it in this one."
        )
    return tuple(found)


def _mounts() -> tuple[Mount, ...]:
    try:
        found = psutil.disk_partitions(all=True)
    except OSError:
        return ()
    return tuple(
        Mount(part.mountpoint, part.fstype.lower() in _NETWORK or "remote" in part.opts.split(","))
        for part in found
    )


def _is_on_network(path: PurePath, mounts: Sequence[Mount]) -> bool:
    """Say whether the innermost mount that holds the path is another computer's, or the path names one."""
    if path.drive.startswith("\\\\"):
        return True
    holding = [mount for mount in mounts if path.is_relative_to(type(path)(mount.folder))]
    innermost = max(holding, key=_depth, default=None)
    return innermost is not None and innermost.is_network


def _depth(mount: Mount) -> int:
    return len(mount.folder)


def _kept_in_step_by(path: PurePath, environ: Mapping[str, str]) -> str:
    """Return the program that keeps one of the path's folders in step, "" when none is known to."""
    for name in _ONEDRIVE:
        folder = environ.get(name)
        if folder and path.is_relative_to(type(path)(folder)):
            return "OneDrive"
    folders = [part.casefold() for part in path.parent.parts]
    named = (program for name in folders for like, program in _IN_STEP.items() if re.fullmatch(like, name))
    return next(named, "SharePoint" if _is_library(folders) else "")


def _is_library(folders: Sequence[str]) -> bool:
    r"""Whether these are C:\Users\NAME\ORGANISATION\SITE - LIBRARY, as SharePoint's are on Windows."""
    is_profile = folders[1:2] == ["users"] and len(folders) > 4
    return is_profile and folders[3] not in _ORDINARY and " - " in folders[4]
