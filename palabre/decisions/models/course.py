"""The course of a vote: its stages, what is chosen for it before it opens, and why a step is refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Settled(ValueError):
    """What was to be done can no longer be done, or not yet: the vote is at another stage."""


class Keyless(ValueError):
    """The key does not open the ballot of whoever brings it: theirs is another one, or they have none yet."""


class Nobody(ValueError):
    """A vote in which nobody could vote does not open."""


class TooFew(ValueError):
    """A quorum above the number of those who could vote is never reached. Its arguments: how many could vote, and how
    many the quorum asks for.
    """


class Unanswered(ValueError):
    """Whoever asked for opinions answers each of them before deciding."""


class Stage(models.TextChoices):
    """Where the vote is. It only ever goes forward."""

    DRAFT = "draft", _("In preparation")
    OPEN = "open", pgettext_lazy("a decision", "Open")
    CLOSED = "closed", pgettext_lazy("a decision", "Decided")
    CANCELLED = "cancelled", pgettext_lazy("a decision", "Cancelled")

    def in_words(self, *, settled: object) -> str:
        """How it stands; what is closed is decided once something was chosen, or said (`settled`)."""
        return str(self.label if settled or self is not Stage.CLOSED else pgettext_lazy("a decision", "Closed"))


class Who(models.TextChoices):
    """Who may vote, looked up once, when the vote opens."""

    MEMBERS = "members", _("The members of the space")
    READERS = "readers", _("Everybody who reads it and has an account")
    NAMED = "named", _("Only the people named here")


class Shown(models.TextChoices):
    """When results are shown."""

    CLOSED = "closed", _("When the vote is closed")
    VOTED = "voted", _("To those who may vote, once they have; to everybody when it is closed")
