"""What somebody answered in their own words becomes an idea: a draft that quotes it and says where it was said.

Results never tell whose an answer is, and neither does the idea: it follows from the consultation, by which those who
answered hear what becomes of it.
"""

from typing import Any

from django.utils.translation import gettext

from palabre.authoring.models import Draft
from palabre.consultations.models import Consultation
from palabre.links import following


def begin(consultation: Consultation, text: str, by: Any) -> Draft:
    """A draft of `by` for an idea in these words of an answer."""
    quoted = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    asked = consultation.item.title.translate({ord(sign): " " for sign in "[]<>\\`"})
    source = gettext("An answer to “%(title)s”") % {"title": asked}
    body = f"{quoted}\n\n— [{source}](/items/{consultation.pk}/)"
    return following.begin(consultation.item, "idea", by, following.heading(text), body)
