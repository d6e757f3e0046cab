"""Tests of `models.values.diligence`."""
