"""The words behind what happens to a question: its answers."""

from palabre.items.quoting import of_part, parts
from palabre.journal.quoting import quotes

quotes("question_answered", "answer_accepted", rows=parts("answer"))(of_part)
