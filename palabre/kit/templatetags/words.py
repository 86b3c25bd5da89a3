"""Django's tags of translation; words that stand in a template are looked up once for each language.

The settings put this library in the place of Django's `i18n`. A page of an item says some sixty such words, and each
went through the catalogues of all rooms: measured, a tenth of the page.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> template.Node:
    """`{% translate "Save" %}` as Django has it, its `context`, `as` and filters included."""
    node = i18n.do_translate(parser, token)
    stands = not node.asvar and _stands(node.filter_expression) and _stands(node.message_context)
    return Words(node) if stands else node


def _stands(expression: FilterExpression | None) -> bool:
    """Whether it says the same whatever a page is about."""
    if expression is None:
        return True
    variable = expression.var
    return not expression.filters and not (isinstance(variable, Variable) and variable.lookups)


class Words(template.Node):
    """What a template says in so many words, which are its own and so are escaped nowhere, by language."""

    def __init__(self, node: template.Node) -> None:
        self.node = node
        self.said: dict[str | None, Any] = {}

    def render(self, context: template.Context) -> Any:
        language = get_language()
        if language not in self.said:
            self.said[language] = self.node.render(context)
        return self.said[language]
