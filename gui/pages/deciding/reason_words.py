"""What the boxes for a recommendation's reason say of it."""

TOLD = "The applicant may be shown this"
NO_REASON = "Give a reason: applicants are told why."
NOTE = "That is the list's own note, not a reason: it speaks of what others left in the pot."
WHAT_FOR_HINT = "such as two of the four sessions a week, until March"
