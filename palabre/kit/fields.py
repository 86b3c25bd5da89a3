"""Fields of forms that several rooms type in."""

from typing import Any

from django import forms


class Line(forms.CharField):
    """What stands on one line, a name or a title: whatever was sent, its breaks are spaces, as a browser makes them.

    Names go into the heads of letters, where a line that breaks would begin another head.
    """

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())
