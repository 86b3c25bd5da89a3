"""An argument bears the words of its decision."""

from palabre.authoring.bearing import bear_the_title
from palabre.authoring.derivation import Batch, derives_from_text


@derives_from_text
def bear_the_decision(batch: Batch) -> None:
    """After every change of a text: of an argument its title, of a decision those of its arguments."""
    bear_the_title(batch, "argument", "decision")
