"""Addresses that several rooms lead to."""

from django.template import Context, Template

from palabre.kit.navigation import writing


def test_the_address_where_one_writes_escapes_what_it_is_begun_with():
    assert writing() == writing(title="", parent=None) == "/write/"
    assert writing(kind="page", title="R&D « été »") == "/write/?kind=page&title=R%26D+%C2%AB+%C3%A9t%C3%A9+%C2%BB"
    drawn = Template('{% load ui %}<a href="{% writing title=said kind="page" space=none.slug %}">')
    href = drawn.render(Context({"said": '"><b>', "none": None}))
    assert href == '<a href="/write/?title=%22%3E%3Cb%3E&amp;kind=page">'
