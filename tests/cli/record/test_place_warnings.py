"""Warnings of a place in which a record is not safe."""

from pathlib import Path

from tests.cli.conftest import Run


def test_a_record_in_a_folder_kept_in_step_is_made_and_opened_with_a_warning(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "OneDrive - Example Office" / "office.panel"
    path.parent.mkdir()

    made, ranked = run("new", path), run("rank", path)

    assert made.status == 0
    for ran in (made, ranked):
        assert ran.err.startswith("Warning: office.panel is in a folder that OneDrive synchronises")


def test_a_record_in_a_folder_of_its_own_is_not_warned_of(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "office.panel").err == ""
