"""Packs: what went out to members, and what came back."""
