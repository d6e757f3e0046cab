"""Which columns of an export a form's own tool fills in, beside the questions of the form."""

import re

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
        *("total points", "quiz feedback", "grade posted time", "referrer", "referer", "collector"),
        *("sequence number", "seq number", "seq. number", "user id", "userid", "tracking link"),
    }
)
"""What the usual form tools call the columns that they fill in themselves."""


_OF_FORM = r"(?:(?:the |this )?(?:form|survey|response|submission|questionnaire|entry|application) )?"
_WHEN = r"(?: (?:at|on|time|date|date and time|date/time|timestamp))?(?: ?\(?(?:utc|gmt|bst)\)?)?"
_BEGUN = re.compile(
    rf"{_OF_FORM}(?:started|begun|began|opened|closed){_WHEN}|closing date"
    rf"|(?:date|time) (?:started|begun|opened|closed){_WHEN}"
    rf"|{_OF_FORM}(?:start|begin) time{_WHEN}"
)
_TAKEN = re.compile(
    r"(?:total )?(?:time|minutes|seconds|hours)(?: \(?\w+\)?)? (?:taken|spent|elapsed|to complete)"
    r"(?: \(?[\w ]+\)?)?|(?:time|minutes|seconds) taken.*|time to complete|total time|elapsed time"
    r"|duration ?\(?(?:in )?(?:seconds|minutes|secs|mins)\)?"
)


def is_of_filling_in(heading: str) -> bool:
    """Whether a tool says when a form was begun or closed, or how long that took: "Started", "Time taken"."""
    key = heading_key(heading)
    return bool(_BEGUN.fullmatch(key) or _TAKEN.fullmatch(key))


def is_of_a_tool(heading: str) -> bool:
    """Whether a form's tool fills a column of this heading in itself, such as the time a form was begun."""
    key = heading_key(heading)
    return key in _TOOLS or key.startswith(("points - ", "feedback - ")) or is_of_filling_in(heading)


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: without case, underscores and the colon at its end."""
    return text_key(heading).replace("_", " ").rstrip(": ")
