"""Tests of `models.operations.awards.payments`."""
