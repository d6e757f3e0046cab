"""The field names, and words that say what part of a heading counts."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SECTION = _words("about details detail information section part")
"""Words of an upper heading or of a heading's first part that only say where its last part belongs."""

OTHER_MATTERS = _words(
    "referee second secondary alternative deputy emergency previous previously past last other"
    " partner partners match matched if approved awarded offered paid recommended existing panel"
    " decision assessor officer treasurer chair secretary trustee signatory minimum confirm verify"
    " parent umbrella invoice per each website chairperson"
)
"""Words of a heading's first part that say its last part alone would be mistaken."""

OF_OTHERS = _words(
    "referee second secondary alternative deputy emergency treasurer chair secretary trustee partner parent"
    " umbrella venue assessor owner panel panels approved awarded recommended paid decision"
)
"""Words that tell of somebody else than the applicant, or of what the office does afterwards."""

MONEY_MATTERS = _words(
    "bank income accounts turnover account expenditure spend contribution budget cost costs total declaration"
)
"""Words of a heading's first part under which only a sure last part is taken."""

MERE_RESPONSE = frozenset({"response", "open-ended response", "open ended response"})
"""Lower headings of survey tools that say nothing of the question."""

SURVEY_TOOL = frozenset({"respondent id", "collector id", "network id", "tracking link"})
"""Headings of tools that note when a form was begun and ended as "Start date" and "End date"."""

SUBHEADINGS = _words(
    "name title type email phone number date start end amount total other response requested"
    " reference postcode address summary description code area project value status text comments"
    " first last"
)
"""Words of which the lower row of a two-row heading is often made."""

GROUP_HEADINGS = _words(
    "organisation applicant contact contacts project finance finances financial money funding budget"
    " costs cost bank dates details about section office use declaration eligibility governance"
    " policies policy questions question admin administration submission form respondent checks"
    " delivery monitoring outcomes beneficiaries group information"
)
"""Words of which the upper row of a two-row heading is often made."""
