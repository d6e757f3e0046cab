"""Places in which a record is not safe."""

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from models.store.places import Mount, warnings_at

LINUX = (Mount("/", False), Mount("/srv/office", True), Mount("/srv/office/scratch", False))
WINDOWS = (Mount("C:\\", False), Mount("G:\\", True))


@pytest.mark.parametrize(
    ("path", "mounts"),
    [
        (PurePosixPath("/srv/office/grants.panel"), LINUX),
        (PureWindowsPath("G:\\Grants\\grants.panel"), WINDOWS),
        (PureWindowsPath("g:\\Grants\\grants.panel"), WINDOWS),
        (PureWindowsPath("\\\\server\\share\\grants.panel"), WINDOWS),
    ],
)
def test_a_network_drive_is_warned_of(path: PurePath, mounts: tuple[Mount, ...]) -> None:
    (warning,) = warnings_at(path, mounts, {})
    both = warnings_at(path.with_name("Nextcloud") / "grants.panel", mounts, {})

    assert warning.startswith("grants.panel is on a network drive")
    assert ["that Nextcloud synchronises" in one for one in both] == [False, True]


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("C:\\Users\\Priya\\OneDrive - Office of the Commissioner\\Grants", "OneDrive"),
        ("C:\\Users\\Priya\\Dropbox (Grants)", "Dropbox"),
        ("C:\\Users\\Priya\\Nextcloud2", "Nextcloud"),
        ("C:\\Users\\Priya\\Google Drive\\My Drive", "Google Drive"),
        ("C:\\Users\\Priya\\Testshire Police\\Grants - Documents", "SharePoint"),
        ("C:\\Users\\Priya\\Testshire Police\\Grants Team - Awards\\2026", "SharePoint"),
        ("C:\\My Drive", "Google Drive"),
        ("C:\\Shared drives\\Grants", "Google Drive"),
        ("C:\\.shortcut-targets-by-id\\1a2b\\Grants", "Google Drive"),
        ("C:\\Users\\Priya\\Citrix Files", "a cloud"),
        ("C:\\Users\\Priya\\Box", "Box"),
        ("C:\\Users\\Priya\\ownCloud", "ownCloud"),
        ("C:\\Users\\Priya\\pCloud Drive", "a cloud"),
        ("D:\\Work\\Papers", "OneDrive"),  # by the variable alone
        ("/Users/priya/Library/CloudStorage/OneDrive-SharedLibraries-Testshire", ""),  # a Mac keeps all there
    ],
)
def test_a_folder_kept_in_step_with_a_cloud_is_warned_of(folder: str, program: str) -> None:
    path = (PurePosixPath if folder.startswith("/") else PureWindowsPath)(folder) / "grants.panel"

    (warning,) = warnings_at(path, WINDOWS, {"OneDriveCommercial": "d:\\work"})

    assert f"that {program}" in warning
    assert " synchronises" in warning
