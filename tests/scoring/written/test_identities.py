"""Addresses, compared as a whole by one function: the same, another, or so far that somebody looks."""

import pytest

from scoring.written.identities import Likeness, address_of, company_number

S, H, D, U = Likeness.SAME, Likeness.HINT, Likeness.OTHER, Likeness.UNKNOWN
PAIRS: tuple[tuple[Likeness, str, str, str, str], ...] = (
    # case, marks, spaces
    (S, "14 Fell Road, Fictonham", "FM99 1AA", "14 FELL ROAD FICTONHAM", "fm991aa"),
    (S, "14 Fell Road,\nFictonham", "FM99 1AA", "14, Fell Road. Fictonham", "FM99 1AA"),
    (S, "14 Fell Road", "FM99 1AA", "  14   Fell  Road ,", " fm99  1aa "),
    (S, "14 Fell Road, Fictonham FM99 1AA", "", "14 Fell Road", "FM99 1AA"),
    (S, "14 Fell Road, FM99 1AA, Fictonham", "", "14 Fell Road, Fictonham", "FM99 1AA"),
    (S, "14 Fell Road, Fictonham, FM99 1AA, UK", "", "14 Fell Road, Fictonham, England", "FM99 1AA"),
    (S, "14 Fell Road; Fictonham", "FM99 1AA", "14 Fell Road / Fictonham", "FM99 1AA"),
    (S, "No. 14 Fell Road", "FM99 1AA", "14 Fell Road", "FM99 1AA"),
    (S, "Number 14, Fell Road", "FM99 1AA", "14 Fell Rd", "FM99 1AA"),
    (S, "１４ Fell Road", "FM99 1AA", "14 Fell Road", "ＦＭ99 1AA"),
    # short forms
    (S, "14 Fell Road", "FM99 1AA", "14 Fell Rd.", "FM99 1AA"),
    (S, "3 High Street, Fictonham", "FM99 2AB", "3 High St, Fictonham", "FM99 2AB"),
    (S, "3 High Street, Fictonham", "FM99 2AB", "3 High Str Fictonham", "FM99 2AB"),
    (S, "8 Saint Mary's Street", "FM99 2AC", "8 St Marys St.", "FM99 2AC"),
    (S, "8 St. Mary’s Street", "FM99 2AC", "8 ST MARYS STREET", "FM99 2AC"),
    (S, "21 Orchard Avenue", "FM99 2AD", "21 Orchard Ave", "FM99 2AD"),
    (S, "5 Tanner's Lane", "FM99 2AE", "5 Tanners Ln", "FM99 2AE"),
    (S, "9 Holly Crescent", "FM99 2AF", "9 Holly Cres.", "FM99 2AF"),
    (S, "2 Quarry Terrace", "FM99 2AG", "2 Quarry Terr", "FM99 2AG"),
    (S, "6 Mill Gardens", "FM99 2AH", "6 Mill Gdns", "FM99 2AH"),
    (S, "40 Station Road North", "FM99 2AJ", "40 Station Rd N", "FM99 2AJ"),
    (S, "Unit 4 Dock Industrial Estate", "FM99 2AK", "Unit 4, Dock Ind. Est.", "FM99 2AK"),
    (S, "Community Centre, Elm Square", "FM99 2AL", "Community Ctr, Elm Sq", "FM99 2AL"),
    # flats, floors and the like, in any order
    (S, "Flat 2, 14 Fell Road", "FM99 1AA", "14 Fell Road, Flat 2", "FM99 1AA"),
    (S, "Flat 2, 14 Fell Road", "FM99 1AA", "14 Fell Rd (Apt 2)", "FM99 1AA"),
    (S, "Apartment 2B, 14 Fell Road", "FM99 1AA", "Flat 2b 14 Fell Road", "FM99 1AA"),
    (S, "First Floor, 14 Fell Road", "FM99 1AA", "14 Fell Road, 1st Floor", "FM99 1AA"),
    (S, "Ground Floor, 14 Fell Road", "FM99 1AA", "14 Fell Road, ground flr", "FM99 1AA"),
    (S, "Suite 3, Floor 2, 14 Fell Road", "FM99 1AA", "2nd Floor, Suite 3, 14 Fell Road", "FM99 1AA"),
    (S, "Unit 7, 30 Dock Road", "FM99 2AM", "30 Dock Road Unit 7", "FM99 2AM"),
    (S, "Flats 3 & 4, 2 The Avenue", "FM99 2AN", "Flats 3 and 4\n2 Avenue", "FM99 2AN"),
    (S, "Room 12, 1 Guild Square", "FM99 2AP", "1 Guild Sq, Rm 12", "FM99 2AP"),
    # numbers
    (S, "14a Fell Road", "FM99 1AA", "14 A Fell Road", "FM99 1AA"),
    (S, "12-14 Fell Road", "FM99 1AA", "12 – 14 Fell Rd", "FM99 1AA"),
    (S, "PO Box 12, Fictonham", "FM99 3ZZ", "P.O. Box 12 Fictonham", "FM99 3ZZ"),
    # what is beside a numbered street: the town, the county, the name of the house, who it is for
    (S, "14 Fell Road", "FM99 1AA", "14 Fell Road, Fictonham, Westmarch", "FM99 1AA"),
    (S, "Lantern House, 14 Fell Road", "FM99 1AA", "14 Fell Road, Fictonham", "FM99 1AA"),
    (S, "c/o Pat Example, 14 Fell Road", "FM99 1AA", "14 Fell Road", "FM99 1AA"),
    (S, "7 Cheapside, Fictonham", "FM99 2AQ", "7 Cheapside", "FM99 2AQ"),
    # only a hint: a part that one leaves out
    (H, "Flat 2, 14 Fell Road", "FM99 1AA", "14 Fell Road", "FM99 1AA"),
    (H, "Fell Road, Fictonham", "FM99 1AA", "14 Fell Road, Fictonham", "FM99 1AA"),
    (H, "Lantern House", "FM99 1AA", "14 Fell Road", "FM99 1AA"),
    (H, "", "FM99 1AA", "14 Fell Road", "FM99 1AA"),
    (H, "", "FM99 1AA", "", "fm991aa"),
    (H, "14 Fell Road", "", "14 Fell Rd", "FM99 1AA"),
    (H, "14 Fell Road, Fictonham", "", "14 Fell Rd Fictonham", ""),
    (H, "Village Hall, Fictonham", "FM99 1AB", "Fictonham Village Hall, Fell Road", "FM99 1AB"),
    (H, "2 Mill House, 14 Fell Road", "FM99 1AA", "14 Fell Road", "FM99 1AA"),
    (H, "7 Cheapside Fictonham", "FM99 2AQ", "7 Cheapside", "FM99 2AQ"),
    # only a hint: a slip of the pen
    (H, "14 Fell Road", "FM99 1AA", "14 Fell Road", "FM99 1AB"),
    (H, "14 Fell Road", "FM99 1AA", "14 Fall Road", "FM99 1AA"),
    (H, "14 Fell Road", "FM99 1AA", "14 Fell Lane", "FM99 1AA"),
    # two addresses
    (D, "14 Fell Road", "FM99 1AA", "16 Fell Road", "FM99 1AA"),
    (D, "14 Fell Road", "FM99 1AA", "14a Fell Road", "FM99 1AA"),
    (D, "12-14 Fell Road", "FM99 1AA", "14 Fell Road", "FM99 1AA"),
    (D, "Flat 2, 14 Fell Road", "FM99 1AA", "Flat 3, 14 Fell Road", "FM99 1AA"),
    (D, "1st Floor, 14 Fell Road", "FM99 1AA", "2nd Floor, 14 Fell Road", "FM99 1AA"),
    (D, "Unit 4 Dock Industrial Estate", "FM99 2AK", "Unit 5 Dock Industrial Estate", "FM99 2AK"),
    (D, "PO Box 12, Fictonham", "FM99 3ZZ", "PO Box 21, Fictonham", "FM99 3ZZ"),
    (D, "14 Fell Road", "FM99 1AA", "3 High Street", "FM99 2AB"),
    (D, "14 Fell Road", "FM99 1AA", "", "FM99 1AB"),
    (D, "", "FM99 1AA", "", "FM99 1AB"),
    (D, "14 Fell Road", "", "3 High Street", ""),
    (D, "Lantern House, Fictonham", "FM99 1AA", "Lantern House, Otherton", "OT1 1AA"),
    (D, "14 Grove Park Road", "FM99 1AA", "15 Grove Park Avenue", "FM99 1AA"),
    (H, "14 Grove Park Road", "FM99 1AA", "14 Grove Park Avenue", "FM99 1AA"),
    (H, "40 Station Road North", "FM99 2AJ", "40 Station Road", "FM99 2AJ"),
    # too little is known
    (U, "", "", "14 Fell Road", "FM99 1AA"),
    (U, "", "", "", ""),
    (U, " , ", "", "14 Fell Road", "FM99 1AA"),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[1]} {pair[2]} and {pair[3]} {pair[4]}")
def test_addresses_agree_as_a_reader_would_say_from_either_side(
    pair: tuple[Likeness, str, str, str, str],
) -> None:
    said, *lines = pair
    one, other = address_of(*lines[:2]), address_of(*lines[2:])

    assert (one.likeness(other), other.likeness(one)) == (said, said)
    assert (bool(one.key) and one.key == other.key) is (said is Likeness.SAME)


@pytest.mark.parametrize("text", ["IP12345R", "IP00123R", "SP12345R", "RS001234", "ip 27417 r"])
def test_a_society_has_five_figures_and_a_letter_or_figure(text: str) -> None:
    assert company_number(text) == text.upper().replace(" ", "")


@pytest.mark.parametrize("text", ["IPSWICH1", "SP TBC 123", "RS PENDING", "IPABCDEF"])
def test_words_that_begin_as_the_number_of_a_society_are_none(text: str) -> None:
    assert company_number(text) == ""
