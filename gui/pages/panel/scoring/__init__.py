"""Scoring: a member's sheets, read and marked side by side, or typed in a grid from paper."""
