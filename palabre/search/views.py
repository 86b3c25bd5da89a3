"""The results page, the suggestions of the palette, and what people look for and do not find."""

from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from palabre.kit import given
from palabre.kit.navigation import writing
from palabre.kit.paging import page
from palabre.kit.policy import require
from palabre.search import facets, hits, query
from palabre.search.asking import LAST_PAGE, SIZE, ask
from palabre.search.completion import Completion, called, complete
from palabre.search.counsel import counsel
from palabre.search.models import Missing
from palabre.search.similar import similar, with_words

PAGES_SHOWN = 5


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…`: the address of a search is its query; each reader finds what they may read."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[: query.MAX_LENGTH]
    newest = request.GET.get("sort") == "newest"
    choice = facets.chosen(request)
    begun = perf_counter()
    answer = ask(request.user, text, choice, newest, page=_number(request.GET.get("page", "")), data=request.GET)
    context: dict[str, Any] = {
        "text": text,
        "answer": answer,
        "newest": newest,
        "counsel": counsel(text) if ":" in text else [],
        "milliseconds": max(1, round((perf_counter() - begun) * 1000)),
        "narrowed": any(choice.narrows(name) for name in ("kind", "space", "tag", "author", "age")),
    }
    few = answer.page == 1 and answer.total < SIZE and not context["narrowed"] and ":" not in text
    context["called"] = called(request.user, text) if few else Completion()
    if answer.total or context["narrowed"]:
        context["facets"] = facets.found(answer, choice, request.user)
        context["filters"] = facets.fields(context["facets"])
        context["ticked"] = sum(option.chosen for facet in context["facets"] for option in facet.options)
    if answer.total:
        if answer.is_cut and answer.page == answer.pages:
            context["reachable"] = LAST_PAGE * SIZE
        rows = hits.draw(answer.results, answer.words)
        context |= {"rows": rows, "pages": _pages(request, answer.page, answer.pages)}
        context["orders"] = {
            "best": _address(request, sort=None, page=None),
            "newest": _address(request, sort="newest", page=None),
        }
    if not answer.total and not context["counsel"]:
        context["write_address"] = writing(kind="page", title=answer.words or text)
    if answer.meant:
        context["meant_address"] = _address(request, q=answer.meant, page=None)
    explained = context["narrowed"] or context["called"] or context["counsel"]
    if answer.is_in_vain and not explained and request.user.is_authenticated:
        Missing.note(answer.words)
    return render(request, "search/results.html", context)


@require_GET
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """`/search/suggest/?q=…`: what the words typed so far may be the beginning of, as options of a listbox."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[: query.MAX_LENGTH]
    context = {"text": text, "words": " ".join(query.words(query.parse(text))) or text}
    return render(request, "search/suggestions.html", context | {"found": complete(request.user, text)})


@login_required
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """`/search/similar/`: what there is already that says what the editor holds (`title`, `body`, `kind`, `item`)."""
    said = request.POST
    results = similar(
        request.user,
        given.text(said, "kind", 20),
        given.text(said, "title", 250),
        given.whole(said, "body"),
        given.number(said, "item"),
    )
    return render(request, "search/similar.html", {"results": with_words(results)})


@login_required
@require_GET
def missing(request: HttpRequest) -> HttpResponse:
    """`/search/missing/`: what people look for and do not find, most asked for first."""
    require(request.user, "search.missing")
    rows = page(Missing.objects.standing(), request, order=("-times", "-id"))
    return render(request, "search/missing.html", {"rows": rows})


@login_required
@require_POST
def dismissal(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody need write this."""
    require(request.user, "search.missing")
    get_object_or_404(Missing, pk=pk).dismiss(request.user)
    return redirect("search:missing")


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 5 else 1


def _address(request: HttpRequest, **changes: str | int | None) -> str:
    """The address of this search with something else in it."""
    asked: dict[str, Any] = {name: values for name, values in request.GET.lists() if name not in changes}
    asked |= {name: value for name, value in changes.items() if value is not None}
    return f"{request.path}?{urlencode(asked, doseq=True)}" if asked else request.path


def _pages(request: HttpRequest, current: int, last: int) -> dict[str, Any] | None:
    if last < 2:
        return None
    first = max(1, min(current - PAGES_SHOWN // 2, last - PAGES_SHOWN + 1))
    shown = range(first, min(last, first + PAGES_SHOWN - 1) + 1)
    numbers = [(str(number), _address(request, page=number), number == current) for number in shown]
    return {"numbers": numbers, "next": _address(request, page=current + 1) if current < last else ""}
