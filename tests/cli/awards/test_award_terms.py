"""`grant-panel award RECORD profile`: how an award is paid, chosen by command."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def office(decided_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(decided_once, tmp_path))


def test_an_award_is_paid_in_the_parts_of_a_profile_until_its_agreement_is_signed(
    office: Path, run: Run
) -> None:
    change = ("award", office, "profile", "ACF-001", "--profile")
    award = run(*change, "halves", "--json").json

    assert [part["amount"] for part in award["instalments"]] == ["2250.28", "2250.27"]  # of 4500.55
    unknown = run(*change, "thirds")
    assert "no payment profile “thirds”. Its profiles: " in unknown.err
    assert run("award", office, "sign", "ACF-001", "--agreement", "--drawn-elsewhere").status == 0
    signed = run(*change, "full")
    assert (signed.status, "Vary the award to pay it another way" in signed.err) == (1, True)
    assert run("verify", office).status == 0


def test_another_day_of_an_agreement_names_the_day_whose_place_it_takes(office: Path, run: Run) -> None:
    sign = ("award", office, "sign", "ACF-001", "--agreement", "--drawn-elsewhere", "--on")
    assert "The agreement of A-031-01 is signed. " in run(*sign, "2026-12-03").out

    again = run(*sign, "2026-12-04").out

    assert again.startswith(
        "The agreement of A-031-01 is signed on 4 December 2026, in place of 3 December 2026."
    )


def test_an_agreement_that_was_never_issued_is_not_signed_without_a_word(office: Path, run: Run) -> None:
    sign = ("award", office, "sign", "ACF-001", "--agreement")

    refused = run(*sign)

    assert refused.status == 1
    assert "was never issued from this record. Issue it first with export … agreement --issue" in refused.err
    assert "--drawn-elsewhere" in refused.err
    out = office.parent / "agreement.pdf"
    of = ("--round", "Autumn", "--award", "ACF-001", "--issue", "--out", out)
    assert run("export", office, "agreement", *of).status == 0
    assert run(*sign).status == 0
