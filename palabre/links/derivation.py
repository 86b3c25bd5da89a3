"""Registers what links derive from a text, in the transaction that saves it."""

from palabre.authoring.derivation import derives_from_text
from palabre.links.extraction import Batch, keep


@derives_from_text
def links_follow_the_text(batch: Batch) -> None:
    """Links, mentions and outside addresses are what the text says."""
    keep(batch)
