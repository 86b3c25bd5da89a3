"""What an earlier Palabre rendered comes out as ours does, once, and nobody is told."""

from hashlib import sha256

import pytest

from palabre.authoring import renewal
from palabre.authoring.models import Renewed
from palabre.authoring.rendering import render
from palabre.authoring.writing import publish, revise
from palabre.items.models import Item, Revision
from palabre.journal.models import Event
from palabre.links.models import Link
from palabre.tags.models import Tagging
from palabre.talk.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(monkeypatch):
    """A Palabre whose renderer is a later one than that of its texts."""
    monkeypatch.setattr(renewal, "RENDERING", renewal.RENDERING + 1)


def test_texts_and_comments_of_an_earlier_rendering_come_out_as_ours_do(world, raised):
    item = publish("page", world.spaces["maison"], world.awa, "Incident", "Voir https://example.org #panne")
    comment = Comment.say(item, world.marc, "Lire **bien** https://example.org")
    shown, said = item.html, comment.html
    Item.objects.filter(pk=item.pk).update(html="<p>as before</p>", excerpt="before", outline=[[2, "s-x", "x"]])
    Comment.objects.filter(pk=comment.pk).update(html="<p>before</p>")
    events = Event.objects.count()
    assert renewal.is_due()
    renewal.renew()
    renewed = Item.objects.get(pk=item.pk)
    assert (renewed.html, renewed.excerpt, renewed.outline) == (shown, item.excerpt, [])
    assert (renewed.version, renewed.updated_at) == (item.version, item.updated_at)
    comment.refresh_from_db()
    assert (comment.html, comment.edited_at) == (said, None)
    assert not renewal.is_due()
    assert Event.objects.count() == events and Revision.objects.filter(item=item).count() == 1
    assert Tagging.objects.filter(item=item, in_text=True).count() == 1


def test_a_link_by_a_name_with_the_sign_of_a_section_is_led_there_when_its_text_is_renewed(world, raised):
    target = publish("page", world.spaces["maison"], world.awa, "Incident #12", "Ce qui s’est passé")
    source = publish("page", world.spaces["maison"], world.awa, "Bilan", "Voir [[Incident #12]]")
    Link.objects.filter(source=source).update(target=None, title_key="incident")
    renewal.renew()
    assert Link.objects.get(source=source).target == target


def test_a_text_keeps_the_language_it_was_given(world, raised):
    item = publish("page", world.spaces["maison"], world.awa, "Mots", "Fibre")
    Item.objects.filter(pk=item.pk).update(language="wo", html="")
    renewal.renew()
    renewed = Item.objects.get(pk=item.pk)
    assert renewed.language == "wo" and renewed.html


def test_a_renewal_that_was_stopped_goes_on_where_it_was(world, raised, monkeypatch):
    monkeypatch.setattr(renewal, "BATCH", 1)
    items = [publish("page", world.spaces["maison"], world.awa, f"Page {n}", "Texte") for n in range(3)]
    Renewed.objects.update_or_create(what="items", defaults={"rendering": renewal.RENDERING, "reached": items[0].pk})
    Item.objects.update(html="<p>before</p>")
    renewal.renew()
    shown = dict(Item.objects.values_list("pk", "html"))
    assert shown[items[0].pk] == "<p>before</p>"
    assert [shown[item.pk] for item in items[1:]] == ["<p>Texte</p>\n"] * 2


def test_where_nothing_is_older_no_text_is_rendered_again(world):
    item = publish("page", world.spaces["maison"], world.awa, "Page", "Texte")
    revise(item, world.awa, "Page", "Autre", 1)
    renewal.renew()
    Item.objects.filter(pk=item.pk).update(html="<p>as it is</p>")
    renewal.renew()
    assert not renewal.is_due() and Item.objects.get(pk=item.pk).html == "<p>as it is</p>"


EVERYTHING = """# Un titre

Un mot *penché*, **gras**, ~~barré~~, `code`, @awa, #fibre, [[Incident #12|la panne]], une note[^1].
https://example.org, [une page](/pages/12-mots/#suite), [dehors](https://example.org "Titre"), [ici](#un-titre).

![Un plan](/files/3/plan.png#1200x800) ![](https://example.org/a.png) ![Perdu](perdu.png)

- [x] fait
- [ ] à faire

1. un
   - deux

> [!WARNING] Attention aux câbles
> On ne tire pas.

| Durée | Prix |
|---|--:|
| un an | 12 |

```python
print("été")
```

<details><summary>Plus</summary>Voir <a href="/pages/12/">là</a> <script>1</script></details>

***

[^1]: Au bas.
"""


def test_who_lets_a_text_come_out_otherwise_raises_the_number_of_the_rendering():
    """Renderings of this text, by their number: add one, with the number, rather than change one."""
    known = {1: "a7f814c73dd6251d"}
    assert known.get(renewal.RENDERING) == sha256(render(EVERYTHING, "fr").html.encode()).hexdigest()[:16]
