"""Criteria & scale: how a round is set up. What a scheme means and may become belongs in `scoring`."""
