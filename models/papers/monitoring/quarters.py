"""The quarters of a project, counted from the day on which it starts."""

from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the last of that month where it has none."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    following = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def quarter_ends_on(start_on: date, number: int) -> date:
    """Return the last day of a project's quarter, counted from 1."""
    return months_after(start_on, 3 * number) - timedelta(days=1)
