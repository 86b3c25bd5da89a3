"""The layout of templates is for who reads the file."""

from django.template.loader import get_template

from palabre.kit.layout import closed


def test_breaks_around_blocks_are_not_sent_and_indents_nowhere():
    laid_out = (
        '<ul class="list">\n  {% for item in items %}\n    <li>\n      {{ item }}\n    </li>\n  {% endfor %}\n</ul>\n'
    )
    assert closed(laid_out) == '<ul class="list">{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>'


def test_a_break_between_words_of_a_line_stays():
    laid_out = "<b>{{ who }}</b>\n  <a>{{ what }}</a>\n  <template></template>\n  {{ when }}"
    assert closed(laid_out) == laid_out.replace("  ", "")


def test_the_rooms_templates_come_that_way():
    assert "\n " not in get_template("kit/frame/bar.html").template.source
