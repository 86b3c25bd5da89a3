"""An answer bears the words of its question."""

from palabre.authoring.bearing import bear_the_title
from palabre.authoring.derivation import Batch, derives_from_text


@derives_from_text
def bear_the_question(batch: Batch) -> None:
    """After every change of a text: of an answer its title, of a question those of its answers."""
    bear_the_title(batch, "answer", "question")
