"""What letters and agreements say of the account that a signed grant is paid to: who sees to it."""

ASKS = "We will ask for your bank details. Please do not send them before."
CHECKS = "We hold your bank details and are checking them. You need do nothing about that."
MISSING = "We can pay nothing without your bank details, and do not hold them yet."


def account_words(contact: str, *, has_account: bool, is_checked: bool, is_late: bool) -> str:
    """Return what is done about the account of a signed grant with money to come, "" where it is checked.

    A recipient whose payment is late may wait for us while we wait for them, so both are told.
    """
    if is_checked:
        return ""
    if has_account:
        return CHECKS
    if not is_late:
        return ASKS
    return (
        f"{MISSING} Please send them when we ask for them, and not before. If we have not asked, please "
        f"tell {contact}."
    )
