"""The agreement on the Awards page: sent, signed, held; subsidy control before it, and a name withheld."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from gui.dialogs.files import FileDialogs
from gui.listed.form import DataForm
from gui.pages.awards.agreements import CORRECTED, Signing, agreement_lines, details_form
from gui.pages.awards.page import PAGE
from gui.pages.awards.variations import history_lines
from gui.pages.page import Identity
from models.operations.awards.agreements import RecordAgreement
from models.queries.awards.award_rows import AwardRow, IssuedAgreement
from models.queries.awards.variations import WITHDRAWN
from models.queries.papers.paper_texts import published_purposes
from models.values.awards import KINDS, MINIMAL, NONE, AgreementDetails, Successor
from models.values.diligence import FAILED, RESULTS
from tests.exchange.reading.register_files import LIST_HEADINGS, comma_text, listed
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pressing import answer_to
from tests.models.operations.awards.varied_awards import varied_on


def first_part(user: PageUser) -> str:
    """Return the title that stands first: that of the part in which something is next."""
    titles = ("Agreement", "Due diligence", "Bank details", "Instalments", "Changes since the decision")
    return next(words for words in user.said.splitlines() if words in titles)


def signed_anew(user: PageUser, row: AwardRow) -> tuple[date, int]:
    """Sign the second version of an agreement, issued after a variation, in its dialog."""
    issued = IssuedAgreement(2, datetime(2024, 12, 5, tzinfo=UTC))
    assert row.agreed_on is not None
    anew = replace(row, variations=(varied_on(row.agreed_on),), issued=(issued,))
    assert "Version 2 is not signed yet" in " ".join(words for words, _ in agreement_lines(anew))
    box = DataForm(details_form(user.view.at(anew), Signing()), user.view)
    told: list[RecordAgreement | None] = []
    box.given.connect(told.append)
    box.try_action()
    box["on"].setText("5 December 2024")
    box.try_action()
    assert told[0] is None, "nothing was signed anew"
    assert isinstance(told[1], RecordAgreement), "the first signature stays, before what was paid"
    details = told[1].details
    assert details.signed_anew_on is not None
    signed = replace(anew, agreement=details)
    assert ("Version 2 signed on 5 Dec 2024", "text2") in agreement_lines(signed)
    return details.signed_anew_on, details.signed_version or 0


def test_subsidy_control_then_sent_and_signed_with_who_and_where(at: Uses) -> None:
    user = at(PAGE, as_=Identity("Finn Pays", "finance"))
    assert first_part(user) == "Agreement"
    rare = user.view.detail.buttons["Subsidy control…"]
    assert not rare.isVisible(), "what is rare is folded away"
    user.press("More…")
    assert rare.isVisible()
    user.press("Less")
    assert not rare.isVisible()
    user.press("More…")
    sentences = " ".join(user.press("Subsidy control…").form.sentences)
    assert "£" in sentences
    assert ".00" not in sentences
    assert "Say why it is no subsidy" in user.fill(kind=KINDS[NONE]).agree().faults
    user.fill(reason="It is no enterprise.").agree()

    papers = user.press("Sent, signed, filed…").form
    user.fill(sent="3 December 2024", on="4 December 2024", office="Olu Example", held="Cabinet 3")
    assert "signs for the office, not Olu Example. Record the person as a signatory" in user.asked
    user.fill(office="Dan Decides", office_post="Chief Executive")
    assert "Name who signed for the recipient, or leave “Signed on” empty" in user.asked
    user.fill(recipient="Rosa Recipient", recipient_post="Chair").agree()
    assert user.row.agreed_on is None, "it was never issued, so it is asked about first"
    assert f"The agreement of {user.row.reference} was never issued from this record." in user.asked
    row = user.agree().row
    assert row.subsidy.kind == NONE != MINIMAL
    assert row.agreed_on is not None
    assert first_part(user) == "Bank details"
    known = AgreementDetails(
        *(papers["sent"].value, "Cabinet 3", "Dan Decides", "Chief Executive", "Rosa Recipient", "Chair")
    )
    assert row.agreement == known
    box = DataForm(details_form(user.view.at(row), Signing()), user.view)
    box["recipient"].setText("")
    assert not box.do.isEnabled()
    assert box.do.toolTip() == "Name who signed for the recipient: the agreement is signed."
    assert signed_anew(user, row) == (date(2024, 12, 5), 2)

    user.press("Withhold the name…").fill(reason="A refuge.", decided_by="Olu Example").agree()
    assert "with the post" in user.faults
    assert user.fill(decided_post="Chief Executive").agree().row.withheld is not None
    assert user.press("Give the name again").row.withheld is None

    user.press("Purpose for the public…").fill(purpose="x" * 401).agree()
    assert "at most 400 letters" in user.faults
    user.fill(purpose="A club on Saturdays.").agree()
    assert answer_to(user, lambda session: published_purposes(session, 1)) == {
        row.application: "A club on Saturdays."
    }

    user.press("Write the agreement…")
    assert user.went == [("exports", f"agreement {row.reference}")]


def test_the_card_names_who_took_the_award_over_and_a_correction_that_waits(at: Uses) -> None:
    row = at(PAGE, as_=Identity("Finn Pays", "finance")).row
    heirs = Successor("Heirs CIO", "", "", date(2024, 12, 5), "It converted.")

    ((words, _),) = history_lines(replace(row, successors=(heirs,)))
    assert words == f"Heirs CIO took the award over from {row.awarded_to} on 5 Dec 2024: It converted."
    assert (CORRECTED, "warning") in agreement_lines(replace(row, corrected_pence=1))


@pytest.mark.parametrize("role", ["officer", "finance"])
def test_published_purposes_of_several_awards_are_set_as_one_change(at: Uses, role: str) -> None:
    user = at(PAGE, as_=Identity("Finn Pays", role))
    user.press("More…")
    first, second, *_ = (row.application for row in user.view.table.rows)

    def written() -> Mapping[str, str]:
        return answer_to(user, lambda session: published_purposes(session, 1))

    user.press("Purposes of several…").agree()
    assert not user.has_form, "nothing was changed"
    user.press("Purposes of several…").fill(**{first: "A club on Saturdays.", second: "x" * 401}).agree()
    assert "at most 400 letters" in user.faults
    user.fill(**{second: "A garden."}).agree()
    assert written() == {first: "A club on Saturdays.", second: "A garden."}
    assert user.told[-1] == "Changed the published purpose of 2 awards."

    user.press("Purposes of several…").fill(**{first: ""}).agree()
    assert written() == {second: "A garden."}
    user.undo().undo()
    assert written() == {}


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
    user.press("More…")
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


def test_a_version_of_a_withdrawn_variation_is_said_to_be_void(at: Uses) -> None:
    row = at(PAGE, as_=Identity("Finn Pays", "finance")).row
    issued = tuple(
        IssuedAgreement(number, datetime(2024, 12, day, 15, tzinfo=UTC)) for number, day in ((1, 2), (2, 5))
    )
    ended = varied_on(date(2024, 12, 5))
    ended = replace(ended, state=WITHDRAWN, ended_at=datetime(2024, 12, 6, 9, tzinfo=UTC))
    details = replace(row.agreement, office_signer="Carol Cole", recipient_signer="Rita Rec")
    void = replace(row, agreed_on=date(2024, 12, 3), variations=(ended,), issued=issued, agreement=details)

    lines = [words for words, _ in agreement_lines(void)]

    assert lines[0] == (
        "Version 2, issued 5 Dec 2024, has a variation that was withdrawn: nobody signs it. The version "
        "before it holds."
    )
    assert "Version 1 signed by Carol Cole, and by Rita Rec" in lines
