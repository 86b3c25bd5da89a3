"""Whoever signs out, or whose session ends otherwise, was here until then: what is new at their next visit is since."""

from django.db import migrations, models

KEPT = """
CREATE FUNCTION people_was_here() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE people_person SET here_at = greatest(here_at, OLD.seen_at) WHERE id = OLD.person_id;
    RETURN NULL;
END $$;
CREATE TRIGGER people_was_here AFTER DELETE ON people_session
    FOR EACH ROW WHEN (OLD.person_id IS NOT NULL) EXECUTE FUNCTION people_was_here();
"""
FORGOTTEN = """
DROP TRIGGER people_was_here ON people_session;
DROP FUNCTION people_was_here();
"""


class Migration(migrations.Migration):
    dependencies = [
        ('people', '0008_attention'),
    ]

    operations = [
        migrations.AddField(
            model_name='person', name='here_at', field=models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.RunSQL(KEPT, FORGOTTEN),
    ]
