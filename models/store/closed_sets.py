"""The closed sets that files of resources hold, by the columns that name their members.

No schema knows them: a further paper or check would be another format of the record. A check of a record
names what is no member, and a server refuses it as it is written.
"""

from collections.abc import Callable, Collection, Mapping

from models.papers.kinds import KINDS
from models.papers.office import BY_KEY
from models.papers.texts import FIELDS_OF
from models.reference.defaults import CHECKS, REFERENCE_TITLES
from models.values import attachments

CLOSED: Mapping[str, Callable[[], Collection[str]]] = {
    "office_fact.key": lambda: BY_KEY,
    "paper_issues.paper": lambda: KINDS,
    "paper_texts.paper": lambda: FIELDS_OF,
    "paper_texts.field": lambda: {field.code for fields in FIELDS_OF.values() for field in fields},
    "award_checks.code": lambda: CHECKS,
    "attachments.kind": lambda: attachments.KINDS,
    "supported_numbers.group": lambda: REFERENCE_TITLES,
}
"""By table and column, what gives the members."""
