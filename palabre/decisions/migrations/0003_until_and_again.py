from django.db import migrations, models

# A vote opens by changing its row; one whose row comes open was brought by an export, which holds no secret ballots.
AGAIN = """
CREATE FUNCTION decisions_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.again_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_again BEFORE INSERT ON decisions_decision
    FOR EACH ROW WHEN (NEW.secret AND NEW.stage = 'open') EXECUTE FUNCTION decisions_again();
"""
NEVER = """
DROP TRIGGER decisions_again ON decisions_decision;
DROP FUNCTION decisions_again();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0002_secret_and_delegated'),
    ]

    operations = [
        migrations.AddField(
            model_name='delegation',
            name='until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='again_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(AGAIN, NEVER),
    ]
