"""What templates ask of the people room: `{% load people %}`."""

from django import template

from palabre.people import mail, passkeys

register = template.Library()

register.simple_tag(mail.is_sent, name="mail_is_sent")


@register.simple_tag(takes_context=True)
def passkey_ground(context: template.Context) -> passkeys.Ground:
    """`{% passkey_ground as ground %}`: whether a passkey can be asked for at this address."""
    return passkeys.ground(context["request"])
