"""Due diligence on the Awards page: looked at, recorded check by check, and a register loaded."""

from pathlib import Path

import pytest

from gui.dialogs.files import FileDialogs
from gui.pages.awards.page import PAGE
from gui.pages.page import Identity
from models.values.diligence import FAILED, RESULTS
from tests.exchange.reading.register_files import LIST_HEADINGS, comma_text, listed
from tests.gui.listed.page_user import PageUser, Uses


def check(user: PageUser, what: str) -> PageUser:
    """Go on from all checks to one."""
    next(lead for lead in user.form.leads if lead.text().startswith(what)).click()
    return user


def test_a_register_is_loaded_looked_at_and_decided_upon(
    at: Uses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = at(PAGE, as_=Identity("Finn Pays", "finance"))
    path = tmp_path / "UK-Sanctions-List.csv"
    rows = [listed("GHO0001", user.row.organisation.upper())]
    path.write_bytes(comma_text(LIST_HEADINGS, rows, "Report Date: 01-Nov-2024\r\n"))
    monkeypatch.setattr(FileDialogs, "open", lambda *_: path)

    assert "0 of 9 checks settled." in user.said
    user.press("Load a register…").agree()
    check(user.press("Checks…"), "Sanctions list: ")
    assert "Probable match, for a person to decide" in user.form.sentences[0]
    assert "why it is another body" in user.agree().faults
    user.fill(result=RESULTS[FAILED], note="The same body, by its address.").agree()
    assert "Sanctions list: not passed" in [lead.text().rstrip("…") for lead in user.form.leads]
    user.form.reject()
    assert "Sanctions list: not passed (Finn Pays" in user.said

    check(user.press("Checks…"), "Sanctions list: ").press("Take back")
    assert "not passed" not in user.said
