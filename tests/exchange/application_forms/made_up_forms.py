"""Filled-in forms of groups that there are not, in many layouts and wordings, as Word saves them."""

import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


class Said(NamedTuple):
    """What one made-up group answers, by field; `yes` is ticked under yes and no."""

    organisation: str
    organisation_type: str
    charity_number: str
    contact_name: str
    email: str
    phone: str
    address: str
    postcode: str
    area: str
    project: str
    summary: str
    need: str
    outcomes: str
    beneficiaries: str
    amount_requested: str
    total_cost: str
    start_on: str
    end_on: str
    constitution_held: str
    safeguarding_policy: str


GROUPS = (
    Said(
        "Lantern Youth Club",
        "Community group",
        "1254367",
        "Ada Example",
        "ada@lantern.example",
        "01632 960101",
        "Lantern Hall, 1 Made-up Street, Nowhere",
        "B1 1AA",
        "Walsall",
        "Safer Evenings",
        "We will open the hall on two evenings each week for young people.\nA trained worker will be there.",
        "Young people told us that there is nowhere to go after school.",
        "Less disorder near the shops. Better trust in the police.",
        "60",
        "£4,500",
        "£6,000",
        "1 April 2027",
        "31 March 2028",
        "Yes",
        "Yes",
    ),
    Said(
        "Fell Road Neighbourhood Watch",
        "Community group",
        "",
        "Bo Sample",
        "bo.sample@fellroad.example",
        "01632 960102",
        "2 Fell Road, Inventon",
        "CV1 2BB",
        "Coventry",
        "Lights on Fell Road",
        "Lamps and door cameras for forty older residents.",
        "Burglary has risen in the last year; residents told us so at a meeting.",
        "Fewer burglaries, and residents who feel safe at home.",
        "40",
        "£1,250.50",
        "£1,250.50",
        "02/05/2027",
        "30/09/2027",
        "Yes",
        "No",
    ),
    Said(
        "Mill Lane Boxing CIC",
        "Company",
        "",
        "Cy Invented",
        "cy@milllane.example",
        "07700 900103",
        "Unit 3, Mill Lane, Inventon",
        "DY1 3CC",
        "Dudley",
        "Gloves not Knives",
        "Twenty-four weekly sessions with a coach and a mentor.",
        "Knife crime among people under 18 is the worry that residents name most often.",
        "Young people who have a coach to talk to, and fewer calls to the police.",
        "85",
        "3,980",
        "5,200",
        "6 September 2027",
        "26 February 2028",
        "No",
        "Yes",
    ),
)

WORDINGS = (
    {
        "organisation": "Name of group",
        "organisation_type": "Type of organisation",
        "charity_number": "Charity number (if registered)",
        "contact_name": "Contact name",
        "email": "Email address",
        "phone": "Telephone number",
        "address": "Address",
        "postcode": "Postcode",
        "area": "Neighbourhood policing area",
        "project": "Project title",
        "summary": "Please describe your project",
        "need": "Why is the project needed?",
        "outcomes": "What difference will it make?",
        "beneficiaries": "How many people will benefit?",
        "amount_requested": "Amount requested",
        "total_cost": "Total cost of the project",
        "start_on": "Start date",
        "end_on": "End date",
        "constitution_held": "Do you have a constitution?",
        "safeguarding_policy": "Do you have a safeguarding policy?",
    },
    {
        "organisation": "1. Organisation name",
        "organisation_type": "2. What type of organisation are you?",
        "charity_number": "3. Registered charity no.",
        "contact_name": "4. Main contact",
        "email": "5. E-mail",
        "phone": "6. Tel no.",
        "address": "7. Correspondence address",
        "postcode": "8. Post code",
        "area": "9. Which NPU will benefit?",
        "project": "10. Name of project",
        "summary": "11. Tell us about your project and what you want to do",
        "need": "12. What evidence is there of need?",
        "outcomes": "13. What outcomes do you expect?",
        "beneficiaries": "14. Number of beneficiaries",
        "amount_requested": "15. How much are you asking for? (£)",
        "total_cost": "16. What is the total project cost? (£)",
        "start_on": "17. When will the project start?",
        "end_on": "18. When will the project end?",
        "constitution_held": "19. Is a constitution in place?",
        "safeguarding_policy": "20. Is a safeguarding policy in place?",
    },
    {
        "organisation": "Applicant organisation",
        "organisation_type": "Legal status of organisation",
        "charity_number": "Charity registration number",
        "contact_name": "Name of lead contact",
        "email": "Contact email",
        "phone": "Contact telephone",
        "address": "Organisation address",
        "postcode": "Organisation postcode",
        "area": "Area where the project will take place",
        "project": "What is your project called?",
        "summary": "Summary of the project",
        "need": "Need for the project",
        "outcomes": "Expected outcomes",
        "beneficiaries": "Number of people who will benefit",
        "amount_requested": "Grant requested (£)",
        "total_cost": "Total project cost (£)",
        "start_on": "Proposed start date",
        "end_on": "Proposed end date",
        "constitution_held": "Constitution held (yes/no)",
        "safeguarding_policy": "Safeguarding policy held (yes/no)",
    },
)
SECTIONS = {
    "organisation": "Section A: Your organisation",
    "project": "Section B: Your project",
    "amount_requested": "Section C: Money",
}
GUIDANCE = {
    "summary": "Please tell us what will happen, where and when. Maximum 300 words.",
    "organisation": "(as it appears on your constitution)",
    "need": "You should say how you know.",
}
CHECKED = '<w:checkBox><w:checked w:val="{}"/></w:checkBox>'
LONG = ("summary", "need", "outcomes")
YES_NO = ("constitution_held", "safeguarding_policy")
Pair = tuple[str, str, str]


def pairs(said: Said, wording: dict[str, str]) -> list[Pair]:
    return [(field, wording[field], getattr(said, field)) for field in wording]


def saved(word: Word) -> bytes:
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


def _boxes(answer: str) -> str:
    return "☒ Yes   ☐ No" if answer == "Yes" else "☐ Yes   ☒ No"


def begun(title: str = "Community Safety Fund: application form") -> Word:
    word = Document()
    word.add_heading(title, 0)
    word.add_paragraph(
        "Please read the guidance notes before you fill in this form. Send it to grants@office.example."
    )
    return word


def add_row(table: object, *texts: str) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):  # type: ignore[attr-defined]
        cell.text = text


def beside(told: Sequence[Pair]) -> bytes:
    """A table of two columns; guidance stands below some questions."""
    word = begun()
    table = word.add_table(0, 2)
    for field, label, answer in told:
        if field in SECTIONS:
            word.add_heading(SECTIONS[field], 1)
            table = word.add_table(0, 2)
        guide = GUIDANCE.get(field, "")
        add_row(table, f"{label}\n{guide}" if guide else label, _boxes(answer) if field in YES_NO else answer)
        if guide:
            cell = table.rows[-1].cells[0]
            cell.text = label
            cell.add_paragraph().add_run(guide).italic = True
    return saved(word)


def four_columns(told: Sequence[Pair]) -> bytes:
    """Two questions a row where the answers are short, whole rows for the long ones."""
    word = begun()
    table = word.add_table(0, 4, "Table Grid")
    waiting: list[Pair] = []
    for pair in told:
        if pair[0] in LONG:
            head = table.add_row().cells
            head[0].merge(head[3]).text = pair[1]
            body = table.add_row().cells
            body[0].merge(body[3]).text = pair[2]
            continue
        waiting.append(pair)
        if len(waiting) == 2:
            (one, first, said), (other, second, told_too) = waiting
            add_row(
                table,
                f"{first}:",
                _boxes(said) if one in YES_NO else said,
                f"{second}:",
                _boxes(told_too) if other in YES_NO else told_too,
            )
            waiting = []
    for _, label, answer in waiting:
        add_row(table, label, answer, "", "")
    return saved(word)


def above(told: Sequence[Pair]) -> bytes:
    """Each question bold in a row of its own, its answer in the row below."""
    word = begun()
    table = word.add_table(0, 1, "Table Grid")
    for field, label, answer in told:
        if field in SECTIONS:
            add_row(table, SECTIONS[field])
        add_row(table, "")
        table.rows[-1].cells[0].paragraphs[0].add_run(label).bold = True
        if field in GUIDANCE:
            table.rows[-1].cells[0].add_paragraph().add_run(GUIDANCE[field]).italic = True
        add_row(table, _boxes(answer) if field in YES_NO else answer)
    return saved(word)


def same_cell(told: Sequence[Pair]) -> bytes:
    """Questions and answers in one cell, several short ones in each."""
    word = begun()
    table = word.add_table(0, 1, "Table Grid")
    for field, label, answer in told:
        shown = _boxes(answer) if field in YES_NO else answer
        new = field in LONG or field in SECTIONS
        if new:
            add_row(table, "")
        cell = table.rows[-1].cells[0]
        paragraph = cell.paragraphs[0] if new else cell.add_paragraph()
        paragraph.add_run(label if label.endswith("?") else f"{label}:").bold = True
        if field in LONG:
            cell.add_paragraph(answer)
        else:
            paragraph.add_run(f" {shown}")
        if field in LONG and field != "outcomes":
            continue
        if field in ("area", "outcomes"):
            add_row(table, "")
    return saved(word)


def typed_over(told: Sequence[Pair]) -> bytes:
    """Lines of text alone, in capitals as the group typed them."""
    word = begun()
    for field, label, answer in told:
        if field in SECTIONS:
            word.add_paragraph(SECTIONS[field])
        shown = answer
        if field in LONG:
            word.add_paragraph(label if label.endswith("?") else f"{label}:")
            word.add_paragraph(shown.upper())
        else:
            word.add_paragraph(
                f"{label}{'' if label.endswith('?') else ':'} {shown if field == 'email' else shown.upper()}"
            )
    return saved(word)


def dotted(told: Sequence[Pair]) -> bytes:
    """Lines with dots to write on."""
    word = begun()
    for field, label, answer in told:
        if field in LONG:
            word.add_paragraph(label)
            for line in answer.split("\n"):
                word.add_paragraph(f"{line} .................")
        elif field in YES_NO:
            paragraph = word.add_paragraph(f"{label}  ")
            for option in ("Yes", "No"):
                paragraph.add_run(option).font.strike = option != answer
                paragraph.add_run(" / " if option == "Yes" else "")
        else:
            word.add_paragraph(f"{label} ...........{answer}............")
    return saved(word)


def controls(told: Sequence[Pair]) -> bytes:
    """Content controls, whose text python-docx does not give."""
    word = begun()
    table = word.add_table(0, 2)
    for field, label, answer in told:
        add_row(table, label, "")
        cell = table.rows[-1].cells[1]
        paragraph = cell.paragraphs[0]._p
        if field in YES_NO:
            for option in ("Yes", "No"):
                paragraph.append(parse_xml(box_control(ticked=option == answer)))
                cell.paragraphs[0].add_run(f" {option}  ")
        else:
            paragraph.append(parse_xml(control(answer)))
    return saved(word)


def control(text: str, tag: str = "") -> str:
    placeholder = "" if text else "<w:showingPlcHdr/>"
    shown = (
        (text or "Click or tap here to enter text.").replace("&", "&amp;").replace("\n", "</w:t><w:br/><w:t>")
    )
    return (
        f'<w:sdt {W}><w:sdtPr><w:tag w:val="{tag}"/>{placeholder}</w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def box_control(*, ticked: bool, tag: str = "") -> str:
    return (
        f'<w:sdt {W}><w:sdtPr><w:tag w:val="{tag}"/><w14:checkbox>'
        f'<w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
        f"</w:sdtPr><w:sdtContent><w:r><w:t>{'☒' if ticked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def legacy(told: Sequence[Pair]) -> bytes:
    """Fields of Word's older kind, in lines and boxes."""
    word = begun()
    for field, label, answer in told:
        paragraph = word.add_paragraph(f"{label}: " if not label.endswith("?") else f"{label} ")
        if field in YES_NO:
            for option in ("Yes", "No"):
                paragraph.add_run(f"{option} ")
                for run in legacy_field("FORMCHECKBOX", CHECKED.format(int(option == answer))):
                    paragraph._p.append(run)
                paragraph.add_run("  ")
        else:
            for run in legacy_field("FORMTEXT", "<w:textInput/>", answer or "\u2002\u2002\u2002\u2002\u2002"):
                paragraph._p.append(run)
    return saved(word)


def legacy_field(code: str, data: str, text: str = "") -> list[object]:
    shown = f"<w:t xml:space='preserve'>{text}</w:t>".replace("\n", "</w:t><w:br/><w:t>") if text else ""
    return [
        parse_xml(f"<w:r {W}>{one}</w:r>")
        for one in (
            f"<w:fldChar w:fldCharType='begin'><w:ffData>{data}</w:ffData></w:fldChar>",
            f"<w:instrText> {code} </w:instrText>",
            "<w:fldChar w:fldCharType='separate'/>",
            shown,
            "<w:fldChar w:fldCharType='end'/>",
        )
    ]


LAYOUTS: dict[str, Callable[[Sequence[Pair]], bytes]] = {
    one.__name__: one
    for one in (beside, four_columns, above, same_cell, typed_over, dotted, controls, legacy)
}
