"""Which column is likeliest to hold a field."""
