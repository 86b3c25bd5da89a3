"""The form about a webhook: where it leads, and what it hears of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.kit import outbound
from palabre.kit.destinations import Unreachable, check, is_outside
from palabre.webhooks import vocabulary

ALL, SOME = "all", "some"
CHOSEN = ("verbs", "kinds")


@dataclass(frozen=True)
class Group:
    """Some events under one heading, and how many of them are chosen."""

    heading: str
    options: list[BoundWidget]
    chosen: int


class WebhookForm(forms.Form):
    """Name, address and choice of events; the same for a space's and the company's."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("So that you know where it leads.")
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("Where the other program listens. It begins with https://."),
        widget=forms.URLInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    which_verbs = forms.ChoiceField(
        label=gettext_lazy("Which events?"),
        required=False,
        choices=((ALL, gettext_lazy("All events, and those still to come")), (SOME, gettext_lazy("Only some events"))),
        widget=forms.RadioSelect,
    )
    verbs = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    which_kinds = forms.ChoiceField(
        label=gettext_lazy("Of which kinds of things?"),
        required=False,
        choices=((ALL, gettext_lazy("All kinds, and those still to come")), (SOME, gettext_lazy("Only some kinds"))),
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verbs"].choices = list(vocabulary.verbs().items())  # type: ignore[attr-defined]
        every = [(kind.name, vocabulary.kind_words(kind)) for kind in vocabulary.heard_kinds()]
        self.fields["kinds"].choices = every  # type: ignore[attr-defined]
        for name in CHOSEN:
            self.initial.setdefault(f"which_{name}", SOME if self.initial.get(name) else ALL)

    def groups(self) -> Iterator[Group]:
        """The events under their headings."""
        offered = {option.data["value"]: option for option in self["verbs"]}
        chosen = set(self["verbs"].value() or ())
        for heading, verbs in vocabulary.groups():
            yield Group(heading, [offered[name] for name in verbs], len(chosen & verbs.keys()))

    def clean(self) -> dict[str, Any]:
        """None chosen means all of them; so whoever wants only some chooses one at least."""
        for name in CHOSEN:
            which = self.cleaned_data.pop(f"which_{name}", "")
            if which == ALL:
                self.cleaned_data[name] = []
            elif which == SOME and not self.cleaned_data.get(name):
                self.add_error(f"which_{name}", _("Choose at least one of them, or all."))
        return self.cleaned_data

    def clean_address(self) -> str:
        """Refuses at once what would be refused each time; names are looked up when something is sent."""
        address: str = self.cleaned_data["address"].strip()
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
            own = outbound.allowed().host(host, port) or _is_allowed_number(host)
            if not own and (_is_this_machine(host) or (_is_number(host) and not is_outside(host))):
                raise Unreachable("inside", host)  # said first: another port would not help
            check(parts.scheme, host, port, outbound.allowed())
        except ValueError as error:
            raise ValidationError(_refusal("name")) from error
        except Unreachable as error:
            raise ValidationError(_refusal(error.reason)) from error
        if parts.username or parts.password:
            raise ValidationError(_refusal("credentials"))
        if not address.isascii():
            raise ValidationError(_("Write the address as the web does, in plain letters (xn--… for others)."))
        if parts.scheme != "https" and not own:
            raise ValidationError(_("Only https:// keeps from others what is told on the way."))
        return address


def _refusal(reason: str) -> str:
    return {
        "scheme": _("Only addresses of the web can be told, which begin with https://."),
        "port": _("This port is not open to us. Use 443, or ask whoever runs this house to open it."),
        "credentials": _("Leave the name and the password out of the address: the secret shows who is calling."),
        "inside": _("This address lies inside a network. Whoever runs this house can open it."),
    }.get(reason, _("This is not an address of the web. Copy it again from the other program."))


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    """Whether that is the name which every machine gives to itself (RFC 6761): no look-up would say otherwise."""
    return host.rstrip(".").rpartition(".")[2] == "localhost"


def _is_allowed_number(host: str) -> bool:
    return _is_number(host) and outbound.allowed().address(host)
