"""Which columns of an export a form's own tool fills in, beside the questions of the form."""

from scoring.written.names import text_key

_TOOLS = frozenset(
    {
        *("id", "response id", "responseid", "respondent id", "submission id", "entry id", "collector id"),
        *("network id", "response number", "serial number", "uuid", "guid", "session id", "start time"),
        *("startdate", "completion time", "enddate", "end time", "last modified time", "date created"),
        *("date modified", "date submitted", "submitted at", "submission date", "timestamp", "created at"),
        *("updated at", "started at", "completed at", "recorded date", "recordeddate", "time taken"),
        *("ip", "ip address", "ipaddress", "browser", "browser version", "user agent", "operating system"),
        *("device type", "screen resolution", "user language", "userlanguage", "duration (in seconds)"),
        *("finished", "response type", "distribution channel", "location latitude", "location longitude"),
        *("amser dechrau", "amser cwblhau", "id.no", "id.start", "id.end", "id.date", "id.time", "id.name"),
        *("total points", "quiz feedback", "grade posted time", "referrer", "referer"),
    }
)
"""What the usual form tools call the columns that they fill in themselves."""


def is_of_a_tool(heading: str) -> bool:
    """Whether a form's tool fills a column of this heading in itself, such as the time a form was begun."""
    key = heading_key(heading)
    return key in _TOOLS or key.startswith(("points - ", "feedback - "))


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: without case, underscores and the colon at its end."""
    return text_key(heading).replace("_", " ").rstrip(": ")
