"""What `grant-panel export --json` says: the paper that was written, and the figures of a return."""

from collections.abc import Iterable
from pathlib import Path

from models.papers.ministry.values import MinistryReturn, ProviderLine
from models.papers.order import PaperValue
from models.papers.paper_kind import PaperKind
from models.papers.status import PaperStatus
from scoring.money import plain_pounds


def paper_json(
    kind: PaperKind, value: PaperValue, status: PaperStatus, written: Iterable[Path]
) -> dict[str, object]:
    """Return a paper that was written; `version` is None where its file is no issued version's."""
    found: dict[str, object] = {
        "paper": kind.code,
        "title": value.title,
        "control": value.control,
        "version": None if status.signed_on else status.version or None,
        "sha256": status.sha256,
        "files": [str(path) for path in written],
    }
    if status.signed_on is not None:
        found |= {"signed_version": status.version, "signed_on": status.signed_on.isoformat()}
    return found | ({"return": ministry_json(value)} if isinstance(value, MinistryReturn) else {})


def ministry_json(value: MinistryReturn) -> dict[str, object]:
    """Return the figures of a return to the Ministry."""
    return {
        "fund": value.fund_code,
        "period": value.period,
        "begins_on": value.begins_on.isoformat(),
        "ends_on": value.ends_on.isoformat(),
        "paid": plain_pounds(value.paid_pence),
        "evidenced": plain_pounds(value.evidenced_pence),
        "people": [
            {"list": one.title, "line": one.line, "people": one.people, "awards": one.given}
            for one in value.people
        ],
        "spending": [
            {
                "list": one.kind,
                "line": one.line,
                "paid": plain_pounds(one.paid_pence),
                "evidenced": plain_pounds(one.evidenced_pence),
            }
            for one in value.spending
        ],
        "providers": [_provider(one) for one in value.providers],
        "corrects": value.corrects or None,
        "reason": value.reason,
        "changes": list(value.changes),
    }


def _provider(one: ProviderLine) -> dict[str, object]:
    return {
        "award": one.award,
        "application": one.application,
        "organisation": one.organisation,
        "round": one.round_name,
        "permitted_purpose": one.purpose,
        "service_area": one.service,
        "awarded": plain_pounds(one.awarded_pence),
        "paid": plain_pounds(one.paid_pence),
        "evidenced": plain_pounds(one.evidenced_pence),
        "returns": [
            {
                "number": each.number,
                "of": each.words,
                "due_on": each.due_on.isoformat(),
                "received_on": None if each.received_on is None else each.received_on.isoformat(),
            }
            for each in one.returns
        ],
        "missing": list(one.missing),
        "warning": one.warning,
    }
