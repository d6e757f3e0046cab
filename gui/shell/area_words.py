"""What the choice of areas calls all of them."""

ALL_AREAS = "All areas"
