"""Folders in which a record is not safe: on network drives, and those kept in step with a cloud.

On a network drive a lock may be granted to two computers at once; a program that keeps a folder in step
may carry a record off half-way through a change. Neither is refused: it is said when a record is made or
opened, in sentences.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

import psutil
from msgspec import Struct

_NETWORK = frozenset(
    ("9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs")
) | frozenset(
    ("fuse.rclone", "fuse.sshfs", "ncpfs", "nfs", "nfs3", "nfs4", "smb2", "smb3", "smbfs", "webdav")
)
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_IN_STEP = {
    r"onedrive.*": "OneDrive",
    r"sharepoint.*|.* - (shared )?documents|.* - general": "SharePoint",
    r"dropbox.*": "Dropbox",
    r"google ?drive.*|my drive( \(.*\))?|shared drives": "Google Drive",
    r"icloud.*|mobile documents": "iCloud Drive",
    r"box|box sync|box-box": "Box",
    r"nextcloud.*": "Nextcloud",
    r"owncloud.*": "ownCloud",
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
