"""Words that stand in a template: said in the language of each reader, and what depends on a page said anew."""

import pytest
from django.template import Context, Template
from django.utils import translation


def said(source: str) -> str:
    with translation.override("fr"):
        return Template("{% load i18n %}" + source).render(Context())


def test_the_same_template_speaks_to_each_reader_in_their_language():
    template = Template('{% load i18n %}{% translate "Search" %}')
    heard = []
    for language in ("fr", "en", "fr", "en"):
        with translation.override(language):
            heard.append(template.render(Context()))
    assert heard == ["Chercher", "Search"] * 2


def test_what_comes_from_the_page_is_not_kept():
    template = Template("{% load i18n %}{% translate word %}{% translate word|lower %}")
    with translation.override("fr"):
        heard = [template.render(Context({"word": word})) for word in ("Search", "Save")]
    assert heard[0].startswith("Chercher") and heard[1].startswith("Enregistrer")


@pytest.mark.parametrize(
    ("source", "heard"),
    [
        ('{% translate "Search" as word %}[{{ word }}]', "[Chercher]"),
        ('{% trans "Search" %}', "Chercher"),
        ('{% translate "Search" noop %}', "Search"),
        ('{% translate "100% of it" %}', "100% of it"),
    ],
)
def test_the_tag_does_all_that_djangos_does(source, heard):
    assert said(source) == heard
