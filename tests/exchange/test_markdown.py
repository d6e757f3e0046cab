"""The guide's Markdown as blocks of a paper."""

from exchange.guide import blocks_of
from exchange.papers.document.values import Bullets, Column, Heading, Look, Para, Picture, Table

PAGE = """# First list

Press *Declare interests*, see [What to do when](trouble.md) or type
`grant-panel rank`. **Never** twice.

![The list](pictures/list.png)

## Steps

1. Open it.
2. Close it
   again.

Three ways:
- one
- two

    grant-panel new office.panel \\
        --no-funds

| word | meaning |
|---|---|
| pot | the **money** |
"""


def test_a_page_becomes_blocks_in_its_order() -> None:
    blocks = list(blocks_of(PAGE, lambda name: name.encode()))

    assert blocks == [
        Heading("First list", 1),
        Para("Press “Declare interests”, see What to do when or type grant-panel rank. Never twice."),
        Picture(b"pictures/list.png", "The list"),
        Heading("Steps", 2),
        Para("Open it.", number="1."),
        Para("Close it again.", number="2."),
        Para("Three ways:"),
        Bullets(("one", "two")),
        Para("grant-panel new office.panel \\\n    --no-funds", Look.SMALL),
        Table("", (Column("word", 2), Column("meaning", 4)), (("pot", "the money"),)),
    ]
