"""Panel & interests: who sits on the panel, what each declared, and whether quorum holds."""
