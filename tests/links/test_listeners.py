"""What links do in the background when something happens elsewhere."""

from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.journal.models import Event
from palabre.links.listeners import links_change, names_change_hands
from palabre.links.models import Authority, Link
from palabre.links.tasks import recompute_authority


def test_links_lead_elsewhere_after_their_target_is_thrown_away(world):
    old = publish("page", world.spaces["reseau"], world.coumba, "Recette", "")
    other = publish("page", world.spaces["maison"], world.coumba, "Recette", "")
    source = publish("page", world.spaces["reseau"], world.coumba, "Accueil", "[[Recette]]")
    assert Link.objects.get(source=source).target == old
    lifecycle.trash(old, world.coumba)
    names_change_hands(Event.objects.filter(item=old.pk, verb="trashed"))
    assert Link.objects.get(source=source).target == other


def test_many_changes_ask_for_one_computation_which_then_stands(world):
    item = publish("page", world.spaces["maison"], world.coumba, "Recette", "")
    for _ in range(3):
        links_change(Event.objects.filter(item=item.pk))
    assert ProcrastinateJob.objects.filter(task_name="links.recompute_authority", status="todo").count() == 1
    recompute_authority()
    assert Authority.objects.filter(item=item).exists()
