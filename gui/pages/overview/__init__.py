"""The overview: what the round comes to today, and what needs the person next."""
