from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.utils.timezone import make_aware

# An export from before this knows the day and not the hour: it ends as it did there, with the day of UTC.
HOUR = """
CREATE FUNCTION decisions_lent_until_an_hour() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.ends_at := (NEW.until + 1)::timestamp AT TIME ZONE 'UTC';
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_lent_until_an_hour BEFORE INSERT ON decisions_delegation
    FOR EACH ROW WHEN (NEW.ends_at IS NULL AND NEW.until IS NOT NULL) EXECUTE FUNCTION decisions_lent_until_an_hour();
"""
NO_HOUR = """
DROP TRIGGER decisions_lent_until_an_hour ON decisions_delegation;
DROP FUNCTION decisions_lent_until_an_hour();
"""


def end(apps, schema_editor):
    lent = apps.get_model("decisions", "Delegation").objects.exclude(until=None).select_related("giver")
    for each in lent.iterator():
        midnight = datetime.combine(each.until + timedelta(days=1), time())
        each.ends_at = make_aware(midnight, ZoneInfo(each.giver.time_zone))
        each.save(update_fields=["ends_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0005_who_may_vote_is_settled'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='delegation',
            name='ends_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(end, migrations.RunPython.noop),
        migrations.RunSQL(HOUR, NO_HOUR),
        migrations.RemoveIndex(
            model_name='delegation',
            name='decisions_lent_until',
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(condition=models.Q(('over_told_at', None)), fields=['ends_at'], name='decisions_lent_ends'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=~(models.Q(until__isnull=True) ^ models.Q(ends_at__isnull=True)), name='decisions_lent_until_an_hour'),
        ),
    ]
