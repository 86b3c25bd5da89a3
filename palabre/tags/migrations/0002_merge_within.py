"""A merge knows what its target was called, and the merge that took its target in; synonyms are kept by key."""

import django.db.models.deletion
from django.db import migrations, models


def by_key(apps, schema_editor):
    """Merges made before kept the numbers of synonyms, and not the name of their target."""
    Merge, Alias = apps.get_model("tags", "Merge"), apps.get_model("tags", "Alias")
    for merge in Merge.objects.select_related("into"):
        keys = dict(Alias.objects.filter(pk__in=merge.synonyms).values_list("pk", "key"))
        merge.synonyms = [keys[pk] for pk in merge.synonyms if pk in keys]
        merge.target = merge.into.name
        merge.save(update_fields=["synonyms", "target"])


class Migration(migrations.Migration):
    dependencies = [("tags", "0001_initial")]

    operations = [
        migrations.AddField("merge", "target", models.CharField(default="", max_length=60), preserve_default=False),
        migrations.AddField(
            "merge",
            "within",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="holds", to="tags.merge"
            ),
        ),
        migrations.RunPython(by_key, migrations.RunPython.noop),
    ]
