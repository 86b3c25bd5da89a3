"""How each method reads its answers: the sums of `measuring`, said in plain words.

A reader is given the title of the consultation, its questions, what each response says by their keys, and what the
method was told when it was prepared.
"""

from collections.abc import Callable, Sequence

from palabre.consultations.questions import Question, Said
from palabre.consultations.readings.features import features
from palabre.consultations.readings.importance import best_and_worst
from palabre.consultations.readings.prices import ladder_of_prices, price
from palabre.consultations.readings.scores import effort, recommend, satisfaction
from palabre.consultations.readings.variants import variants
from palabre.consultations.telling import Section

Reader = Callable[[str, Sequence[Question], Sequence[Said], Said], list[Section]]
READERS: dict[str, Reader] = {
    "price": price, "ladder": ladder_of_prices, "kano": features, "bestworst": best_and_worst, "concept": variants,
    "message": variants, "recommend": recommend, "satisfaction": satisfaction, "effort": effort,
}  # fmt: skip
