"""Voices that are lent: one's own, and those that travel in a vote."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.decisions import tasks
from palabre.decisions.doors import decision_or_404
from palabre.decisions.forms.lending import Lending
from palabre.decisions.models import Ballot, Decision, Delegation, Stage
from palabre.decisions.passing import HEARD, Way, ways
from palabre.people.models import Person
from palabre.spaces import sight

MOST = 500  # ways on a page


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """`/decisions/lent/`: to whom one lends one's voice, for what, and who lends theirs."""
    form = Lending(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        Delegation.objects.lend(request.user, told["to"], told["space"], told["topic"], told["until"])
        tasks.count_anew([request.user])
        done(request, _("Lent, and %(name)s is told. It is heard where you do not vote.") % {"name": told["to"].name})
        return redirect("decisions:lent")
    every = Delegation.objects.told_to(request.user).select_related("giver", "to", "space").order_by("-at")[:MOST]
    given = [each for each in every if each.giver_id == request.user.pk]
    spaces = sight.of(request.user).spaces
    taken = [each for each in every if each.to_id == request.user.pk and (not each.space_id or each.space_id in spaces)]
    context = {"form": form, "given": given, "taken": taken}
    return render(request, "decisions/lent.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def return_of(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/lent/12/return/`: who lent a voice has it back."""
    get_object_or_404(Delegation.objects.filter(giver=request.user.pk), pk=pk).take_back()
    tasks.count_anew([request.user])
    done(request, _("Your voice is yours again."))
    return redirect("decisions:lent")


@require_GET
def voices(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/voices/`: the way of each lent voice. While the vote is open, through whose hands it goes whether
    they vote or not, so that nobody learns here who has; afterwards, whose ballot carried it.
    """
    decision = decision_or_404(request, pk)
    if not decision.delegated or decision.stage == Stage.DRAFT:
        raise Http404
    found = _heard(decision) if decision.stage == Stage.CLOSED else _open(decision)
    known = Person.objects.visible_to(request.user).in_bulk({key for way in found[:MOST] for key in way.through})
    told = [(way.end, [known.get(key) for key in way.through]) for way in found[:MOST]]
    own = [each for each in told if each[1][0] == request.user]
    to_me = [each for each in told if each[1][-1] == request.user]
    context: dict[str, Any] = {"decision": decision, "item": decision.item, "own": own, "to_me": to_me}
    return render(request, "decisions/voices.html", {**context, "told": told, "others": len(found) - len(told)})


def _open(decision: Decision) -> list[Way]:
    listed = set(decision.electors.values_list("person_id", flat=True))
    return sorted(ways(decision.electors.hands(decision.about), (), listed).values(), key=lambda way: way.through[-1])


def _heard(decision: Decision) -> list[Way]:
    carried = Ballot.objects.filter(decision=decision).exclude(carried=[]).values_list("voter_id", "carried")
    heard = [Way((*way, voter), HEARD) for voter, ways_to in carried.order_by("voter") for way in ways_to]
    lost = (decision.outcome or {}).get("lost", [])
    return heard + [Way(tuple(each["through"]), each["end"]) for each in lost]
