"""The cloud, a tag, the intersection of several, and suggestions while one types."""

import math

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.tags import company
from palabre.tags.beginning import beginning
from palabre.tags.doors import tags_or_404
from palabre.tags.models import Tag

CLOUD = 200
LISTED = 100
TOGETHER = 6
SIZES = 6
TYPED = ("q", "names", "tags")  # the names of the fields one types tags into


@require_GET
def cloud(request: HttpRequest) -> HttpResponse:
    """The tags the reader sees most under, larger the more there is; with `?all`, every one of them, in order."""
    if "all" in request.GET:
        listed = page(Tag.objects.counted_for(request.user), request, ("key", "id"), LISTED)
        return render(request, "tags/cloud.html", {"page": listed})
    found = list(Tag.objects.counted_for(request.user)[: CLOUD + 1])
    tags = found[:CLOUD]
    most = math.log1p(max((tag.uses for tag in tags), default=1))
    for tag in tags:
        tag.size = 1 + round((SIZES - 1) * math.log(tag.uses) / max(most, 1))  # type: ignore[attr-defined]
    context = {
        "tags": sorted(tags, key=lambda tag: tag.key),
        "more": len(found) > CLOUD,
        "may_garden": may(request.user, "tag.garden"),
    }
    return render(request, "tags/cloud.html", context)


@require_GET
def show(request: HttpRequest, keys: str) -> HttpResponse:
    """What bears a tag, or several (`a+b`), with the tags and the people around it."""
    if keys.count("+") >= TOGETHER:  # each of them costs every question of the page some more
        raise Http404
    tags = tags_or_404(request, keys.split("+"))
    canonical = "+".join(tag.key for tag in tags)
    if canonical != keys:
        return redirect(f"/tags/{canonical}/")
    items = company.bearing(request.user, tags)
    context = {
        "tags": tags,
        "keys": canonical,
        "others": [(tag, "+".join(t.key for t in tags if t != tag)) for tag in tags],
        "page": page(items.for_lists(), request),
        "count": items.count(),
        "beside": company.beside(request.user, items, tags) if len(tags) < TOGETHER else [],
        "people": company.authors(request.user, items),
        "synonyms": list(tags[0].aliases.all()) if len(tags) == 1 else [],
        "may_garden": len(tags) == 1 and may(request.user, "tag.garden"),
    }
    return render(request, "tags/show.html", context)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for the last word being typed: tags the reader sees whose name, or a synonym, begins so.

    A browser shows only the options in which it finds what was typed, letter by letter: where accents or a synonym keep
    it from that, the option says it too.
    """
    typed = next((request.GET[name] for name in TYPED if name in request.GET), "")
    before, comma, written = typed.rpartition(",")
    context = {"tags": beginning(request.user, written), "before": f"{before}{comma} " if comma else "", "typed": typed}
    return render(request, "tags/options.html", context)
