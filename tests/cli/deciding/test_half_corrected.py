"""By command, a correction is signed by one of two, shown to the other, signed by them, or taken back."""

from pathlib import Path

import pytest

from models.record import Record
from tests.cli.conftest import Run, Says
from tests.models.conftest import OPENER
from tests.models.operations.deciding.test_half_corrected import with_reserve

OF = ("--round", "Autumn", "--on", "2026-12-03")
CORA = ("--as", "Cora Command", "--post", "Area commander")
ABE = ("--as", "Abe Envoy", "--post", "Community Ambassador")
WHY = ("--because", "It costs less.", "--pays-for", "one van")
CUT = ("--anew", "ACF-002=1500", *WHY, "--award-reason", "It keeps the estate quiet.")
NOTICE = ("--notice", "032/2026")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of which two lines are decided by commander and ambassador together."""
    made = tmp_path / "office.panel"
    with Record.create(made, OPENER) as record:
        with_reserve(record)
    return made


def test_the_first_of_two_needs_no_notice_and_the_second_is_shown_what_waits(
    path: Path, done: Says, refused: Says, run: Run
) -> None:
    first = done("decide", path, *OF, *CORA, *CUT, "--accept")
    assert "1 application signed, £1,500.00 in all, 1 changed. The Community Ambassador has still" in first

    assert "The Area commander signed everything there already." in refused("decide", path, *OF, *CORA)
    assert "Give it with --notice" in refused("decide", path, *OF, *ABE)
    shown = done("decide", path, *OF, *ABE, *NOTICE)
    assert "1 as recommended. Nothing was recorded" in shown
    assert [line.split() for line in shown.splitlines() if line.startswith("ACF-")] == [
        ["ACF-002", "part-fund", "£1,500.00"]
    ]
    said = done("decide", path, *OF, *ABE, *NOTICE, "--accept")
    assert "1 application decided, £1,500.00 in all." in said
    assert "Everything recommended there is decided already." in refused("decide", path, *OF, *ABE, *NOTICE)
    assert done("verify", path)


def test_the_second_needs_the_notice_to_correct_the_same(path: Path, done: Says, refused: Says) -> None:
    done("decide", path, *OF, *CORA, *CUT, "--accept")

    assert "Give it with --notice" in refused("decide", path, *OF, *ABE, *CUT)
    assert "decided" in done("decide", path, *OF, *ABE, *CUT, *NOTICE, "--accept")


def test_a_correction_that_waits_is_taken_back_and_binds_nobody_until_then(
    path: Path, done: Says, refused: Says
) -> None:
    done("decide", path, *OF, *CORA, *CUT, "--accept")
    issue = ("export", path, "agreement", "--round", "Autumn", "--award", "A-031-02", "--issue")
    sign = ("award", path, "sign", "A-031-02", "--agreement", "--on", "2026-12-04", "--drawn-elsewhere")
    signers = ("--for-office", "Cora Command, Area commander", "--for-recipient", "Rosa Recipient, Chair")
    back = ("decide", path, *OF[:2], "--take-back", "acf-002", "--as")

    waits = "A correction of A-031-02 to £1,500.00 waits for the Community Ambassador (Abe Envoy)."
    assert waits in refused(*sign, *signers)
    assert waits in refused(*issue, "--out", path.parent)
    assert waits in refused("vary", path, "A-031-02", "--amount", "1900", "--reason", "less to do")
    assert "Abe Envoy did not sign ACF-002 last" in refused(*back, "Abe Envoy", "--accept")
    assert "Cora Command did not sign ACF-001 last" in refused(*back[:-2], "ACF-001", "--as", "Cora Command")
    assert "1 signature to take back. Nothing was recorded" in done(*back, "Cora Command")
    assert "was taken back" in done(*back, "Cora Command", "--accept")
    assert "The agreement of A-031-02 is signed" in done(*sign, *signers)
