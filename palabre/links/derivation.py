"""Registers what links derive from a text, in the transaction that saves it."""

from palabre.authoring.derivation import Batch, Standing, compares_with
from palabre.links.extraction import STANDING, keep


@compares_with(STANDING)
def links_follow_the_text(batch: Batch, standing: Standing) -> None:
    """Links, mentions and outside addresses are what the text says."""
    keep(batch, standing)
