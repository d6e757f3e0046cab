"""Retention: how long applications are kept, what is due to go, holds and erasures."""
