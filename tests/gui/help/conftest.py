"""No Overview is drawn on the way to another page, but in a test that is marked `overview`."""

from tests.gui.pages.conftest import blank_overview  # noqa: F401  a fixture
