"""What templates ask of the people room: `{% load people %}`."""

from django import template

from palabre.people import mail

register = template.Library()

register.simple_tag(mail.is_sent, name="mail_is_sent")
