"""Saved searches: a query that its owner is told of for as long as they want."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palabre.authoring.toasts import done
from palabre.kit import given
from palabre.kit.way import back
from palabre.people.models import Person
from palabre.search import query
from palabre.search.models import MOST_SAVED, SavedSearch
from palabre.signals import searches
from palabre.signals.models import Follow, Level


@login_required
@require_POST
def saving(request: HttpRequest) -> HttpResponse:
    """`/following/searches/`: keeps the search of the page under a name; the same search again is given that name."""
    text, choice = searches.asked(request.POST), searches.choice(request.POST, request.user)
    name = " ".join(given.text(request.POST, "name").split())[:80] or text[:80]
    level = given.text(request.POST, "level")
    if level not in (Level.ALL, Level.QUIET):
        level = Level.ALL
    if not any(True for _leaf in query.leaves(query.parse(text))):
        done(request, _("There is nothing in it to look for. Write some words first."))
        return redirect(back(request, "/search/"))
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=request.user.pk)  # so that one is kept once
        kept = SavedSearch.objects.filter(person=request.user.pk)
        search = kept.filter(text=text, choice=choice).first()
        if search is None and kept.count() >= MOST_SAVED:
            done(request, _("You have saved as many searches as one can. Remove one of them first."))
            return redirect("signals:follows")
        if search is None:
            search = SavedSearch(person_id=person.pk, text=text, choice=choice)
        search.name = name
        search.save()
        Follow.objects.set(request.user, level, search=search)
    done(request, _("Saved: you hear of what is new for “%(name)s”.") % {"name": name})
    return redirect(back(request, search.get_absolute_url()))
