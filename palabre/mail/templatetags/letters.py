"""Filters of letters: a mail is read later, so its hours are said in full."""

from django import template

from palabre.kit import times
from palabre.mail import plain

register = template.Library()
register.filter("in_full", times.in_full)
register.filter("sort", plain.sort)
register.filter("where", plain.where)
