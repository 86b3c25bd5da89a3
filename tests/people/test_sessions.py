"""A session brings its person along, and ends with them."""

from palabre.people.sessions import Session


def whoami(client):
    """The person the server sees behind a client."""
    return client.get("/account/login/").wsgi_request.user


def test_session_and_person_are_one_query(world, sign_in, django_assert_num_queries):
    client = sign_in(world.awa)
    request = client.get("/account/login/").wsgi_request
    del request.user
    from palabre.people.sessions import PersonOfSession

    request.session = type(request.session)(request.session.session_key)
    with django_assert_num_queries(1):
        PersonOfSession(lambda request: None)(request)
        assert request.user == world.awa
        assert request.user.organisation.name == "Teranga Telecom"


def test_a_changed_password_ends_the_sessions(world, sign_in):
    client = sign_in(world.awa)
    assert whoami(client) == world.awa
    world.awa.set_password("quite another one")
    world.awa.save()
    assert not whoami(client).is_authenticated


def test_a_deactivated_person_is_nobody(world, sign_in):
    client = sign_in(world.awa)
    world.awa.is_active = False
    world.awa.save()
    assert not whoami(client).is_authenticated


def test_sessions_are_found_by_their_person(world, sign_in):
    client = sign_in(world.awa)
    assert Session.objects.get(person=world.awa).session_key == client.session.session_key
    Session.objects.filter(person=world.awa).delete()
    assert not whoami(client).is_authenticated


def test_signing_out_and_in_as_another_changes_the_person(world, sign_in):
    client = sign_in(world.awa)
    client.force_login(world.marc)
    assert whoami(client) == world.marc
