import django.db.models.deletion
import palabre.kit.clock
from django.conf import settings
from django.db import migrations, models


def bookmarks_of_those_who_joined_by_themselves(apps, schema_editor):
    """Who once made themselves a reader, to have a space among theirs, goes on having it there and no more."""
    Membership = apps.get_model("spaces", "Membership")
    Keeper = apps.get_model("spaces", "Keeper")
    Event = apps.get_model("journal", "Event")
    for membership in Membership.objects.filter(role="reader", by=models.F("person")):
        # Who founded a space and was made a reader of it later is a member.
        told = Event.objects.filter(space=membership.space_id, person=membership.person_id)
        if told.filter(verb="member_added", by=membership.person_id).exists() and not told.filter(
            verb="member_changed"
        ).exists():
            Keeper.objects.create(
                space_id=membership.space_id, person_id=membership.person_id, since=membership.since
            )
            membership.delete()


class Migration(migrations.Migration):

    dependencies = [
        ("journal", "0001_initial"),
        ("spaces", "0002_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Keeper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=palabre.kit.clock.now)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="keeps", to=settings.AUTH_USER_MODEL)),
                ("space", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="keepers", to="spaces.space")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("space", "person"), name="spaces_kept_once")],
            },
        ),
        migrations.RunPython(bookmarks_of_those_who_joined_by_themselves, migrations.RunPython.noop, elidable=True),
    ]
