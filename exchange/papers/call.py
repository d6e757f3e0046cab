"""The call for applications as a paper that an office publishes before a round."""

from exchange.papers.document.values import Document
from exchange.papers.prose import prose
from exchange.papers.templates.blocks import filled
from models.papers.call import CallForApplications
from models.papers.status import PaperStatus
from scoring.written.names import round_names


def call_document(call: CallForApplications, status: PaperStatus) -> Document:
    """Return the call as a paper."""
    return prose(call, status, filled("call", call), round_names(call.fund, call.round, call.year))
