"""Two tables: texts, and the rows listed beside them."""

from django.db import models


class Text(models.Model):
    """A stored text, and how often it was saved."""

    title = models.CharField(max_length=250)
    html = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.title


class Row(models.Model):
    """One line of a list; each save adds one."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE)
    title = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "floor"
        indexes = [models.Index(fields=["-id"], name="floor_newest")]

    def __str__(self) -> str:
        return self.title
