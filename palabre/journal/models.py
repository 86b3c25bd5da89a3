"""The log itself: one table, appended to, never changed."""

from django.db import models
from django.db.models import Func, TextField
from django.db.models.functions import Cast

from palabre.journal import verbs


class TransactionId(Func):
    """The id of the running transaction; wider than the 32 bits that wrap around."""

    function = "pg_current_xact_id"
    output_field = TextField()


class Event(models.Model):
    """Somebody did something at a moment.

    `xid` is the transaction that wrote it: followers read in the order (xid, id) and only what is older than every
    running transaction, for the rows of a slow transaction appear with ids smaller than those already read.
    """

    xid = models.BigIntegerField(
        db_default=Cast(Cast(TransactionId(), TextField()), models.BigIntegerField()), editable=False
    )
    at = models.DateTimeField(db_default=models.functions.Now())
    verb = models.CharField(max_length=40)
    by = models.BigIntegerField(null=True)
    item = models.BigIntegerField(null=True)
    space = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    particulars = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="journal_order"),
            models.Index(fields=["item", "id"], name="journal_item"),
            models.Index(fields=["space", "id"], name="journal_space"),
            models.Index(fields=["person", "id"], name="journal_person"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"

    @property
    def meaning(self) -> verbs.Verb:
        """The properties of its verb."""
        return verbs.get(self.verb)
