"""Posts are listed by date, the newest first."""

from datetime import timedelta

import pytest

from palabre.authoring.writing import publish
from palabre.kit.clock import now

pytestmark = pytest.mark.django_db


def test_posts_of_a_space_come_newest_first_and_only_to_its_readers(sign_in, world):
    space = world.spaces["maison"]
    old = publish("post", space, world.awa, "Hier", "x", at=now() - timedelta(days=1))
    new = publish("post", space, world.awa, "Aujourd'hui", "y")
    html = sign_in(world.coumba).get("/spaces/maison/posts/").content.decode()
    assert html.index(new.get_absolute_url()) < html.index(old.get_absolute_url())
    assert sign_in(world.ramata).get("/spaces/maison/posts/").status_code == 404


def test_a_post_has_a_page_of_its_own(sign_in, world):
    post = publish("post", world.spaces["maison"], world.awa, "Un billet", "Un *mot*.")
    html = sign_in(world.coumba).get(post.get_absolute_url()).content.decode()
    assert "<em>mot</em>" in html
    assert sign_in(world.coumba).get(f"/pages/{post.pk}/").status_code == 404
