"""Fields of a form are tied to their hint and their error, and the list of errors leads to each of them."""

import re

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template
from django.utils import translation

PAGE = Template("{% load ui %}{% include 'kit/form_errors.html' %}{% for each in form %}{% field each %}{% endfor %}")


class Choosing(forms.Form):
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="One of them.")
    some = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(help_text="A few.")


def test_whatever_a_field_is_made_of_its_error_is_found_and_heard():
    page = PAGE.render(Context({"form": Choosing({})}))
    names = set(re.findall(r'\bid="([^"]+)"', page))
    assert re.findall(r'href="#([^"]*)"', page) == ["id_one", "id_some", "id_words"]
    assert {"id_one", "id_some", "id_words"} <= names
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    assert described == ["id_one_hint id_one_error", "id_some_error", "id_words_hint id_words_error"]
    assert set(" ".join(described).split()) <= names


def test_a_field_without_error_is_described_by_its_hint_only():
    page = PAGE.render(Context({"form": Choosing()}))
    assert re.findall(r'aria-describedby="([^"]+)"', page) == ["id_one_hint", "id_words_hint"]


def test_a_choice_that_is_not_made_yet_says_so_in_words():
    class Choosing(forms.Form):
        side = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("in", "Inside")])
        place = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("here", "Here")], required=False)

    with translation.override("en"):
        page = PAGE.render(Context({"form": Choosing()}))
    assert "---" not in page and "Choose…</option>" in page and "Not stated</option>" in page
