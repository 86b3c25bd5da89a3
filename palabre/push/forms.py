"""What a browser says of itself."""

from typing import Any

from django import forms

from palabre.push.subscription import LONGEST, Subscription, Unsound


class Subscribing(forms.Form):
    """A subscription as the browser gives it; `former` is the address that this one takes the place of."""

    endpoint = forms.CharField(max_length=LONGEST)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=30)
    former = forms.CharField(max_length=LONGEST, required=False)
    given: Subscription

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            try:
                self.given = Subscription.read(said["endpoint"], said["p256dh"], said["auth"])
            except Unsound as error:
                raise forms.ValidationError(str(error)) from error
        return said
