"""Looking at a consultation before it opens, as those will who are asked; nothing is kept of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info, override
from django.views.decorators.http import require_GET

from palabre.consultations import papers
from palabre.consultations.doors import consultation_or_404
from palabre.consultations.questions import all_screens, read
from palabre.consultations.words import LANGUAGES, say
from palabre.kit import given
from palabre.kit.policy import require


@login_required
@require_GET
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/trial/?language=en&cell=b`: every screen below the other, in that language."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.prepare", consultation)
    wanted = given.text(request.GET, "language", 5) or (get_language() or "")[:2]
    language = wanted if wanted in LANGUAGES else LANGUAGES[0]
    cells = [each["key"] for each in consultation.variants]
    asked = given.text(request.GET, "cell", 10)
    cell = asked if asked in cells else next(iter(cells), "")
    with override(language):
        questions = read(consultation.questions)
        context = {
            "consultation": consultation,
            "item": consultation.item,
            "questions": questions,
            "papers": [papers.filled(screen, {}, "trial") for screen in all_screens(questions, cell)],
            "statements": consultation.statements.standing() if consultation.is_map else (),
            "variants": [(each["key"], say(each["title"])) for each in consultation.variants],
            "cell": cell,
            "language": language,
            "languages": [(code, get_language_info(code)["name_local"].capitalize()) for code in LANGUAGES],
        }
        return render(request, "consultations/trial.html", context)
