import uuid

import django.db.models.deletion
import palabre.kit.clock
from django.conf import settings
from django.db import migrations, models

# As in 0001, with secrecy and delegation among what is settled; who has voted stays so, and what a secret vote said is
# neither changed nor signed. The box of a secret vote is made by the database itself, so that there is one wherever a
# vote opens, be it in a restored instance; what is deleted takes its box along.
SETTLED = """
CREATE OR REPLACE FUNCTION decisions_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage = 'draft'
        OR (NEW.options, NEW.rule, NEW.quorum, NEW.who, NEW.shown, NEW.secret, NEW.delegated, NEW.about, NEW.opens_at,
            NEW.version)
            IS DISTINCT FROM (OLD.options, OLD.rule, OLD.quorum, OLD.who, OLD.shown, OLD.secret, OLD.delegated, OLD.about,
                OLD.opens_at, OLD.version)
        OR NEW.closes_at < OLD.closes_at OR NEW.pinned < OLD.pinned
        OR (NEW.ties IS DISTINCT FROM OLD.ties AND (OLD.ties->>'sum' IS NULL OR OLD.ties->>'sum'
            IS DISTINCT FROM encode(sha256(convert_to(NEW.ties->>'seed', 'UTF8')), 'hex')))
        OR (OLD.stage <> 'open' AND (NEW.stage, NEW.outcome) IS DISTINCT FROM (OLD.stage, OLD.outcome))
    THEN
        RAISE EXCEPTION 'decision %: what was declared is settled once a vote is open', OLD.item_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION decisions_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.said, NEW.carried) IS DISTINCT FROM (OLD.said, OLD.carried)
        AND (SELECT stage FROM decisions_decision WHERE item_id = OLD.decision_id) <> 'open'
    THEN
        RAISE EXCEPTION 'decision %: a ballot is not changed once it is counted', OLD.decision_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER decisions_counted ON decisions_ballot;
CREATE TRIGGER decisions_counted BEFORE UPDATE OF said, carried ON decisions_ballot
    FOR EACH ROW EXECUTE FUNCTION decisions_counted();

CREATE FUNCTION decisions_unsigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'decision %: a secret ballot is not changed once it is counted', OLD.decision_id
            USING ERRCODE = 'check_violation';
    ELSIF (SELECT secret FROM decisions_decision WHERE item_id = NEW.decision_id) <> (TG_TABLE_NAME = 'decisions_unsigned')
    THEN
        RAISE EXCEPTION 'decision %: a secret ballot names nobody, and an open one its voter', NEW.decision_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_unsigned BEFORE INSERT OR UPDATE ON decisions_unsigned
    FOR EACH ROW EXECUTE FUNCTION decisions_unsigned();
CREATE TRIGGER decisions_unsigned BEFORE INSERT ON decisions_ballot
    FOR EACH ROW EXECUTE FUNCTION decisions_unsigned();

CREATE FUNCTION decisions_marked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.elector_id = OLD.elector_id THEN
        RETURN NEW;  -- the version of the text that somebody has confirmed
    ELSIF EXISTS (SELECT FROM decisions_decision JOIN decisions_elector ON decision_id = item_id
        WHERE decisions_elector.id = OLD.elector_id AND stage = 'open')
    THEN
        RAISE EXCEPTION 'who has voted has voted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER decisions_marked BEFORE UPDATE OR DELETE ON decisions_mark
    FOR EACH ROW EXECUTE FUNCTION decisions_marked();

CREATE FUNCTION decisions_box() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        EXECUTE format('DROP TABLE IF EXISTS decisions_box_%s', OLD.item_id);
    ELSE
        EXECUTE format('DROP TABLE IF EXISTS decisions_box_%s', NEW.item_id);
        EXECUTE format('CREATE TABLE decisions_box_%s (place bytea PRIMARY KEY, sealed text NOT NULL)', NEW.item_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER decisions_box_made AFTER INSERT ON decisions_decision
    FOR EACH ROW WHEN (NEW.secret AND NEW.stage = 'open') EXECUTE FUNCTION decisions_box();
CREATE TRIGGER decisions_box_opened AFTER UPDATE OF stage ON decisions_decision
    FOR EACH ROW WHEN (NEW.secret AND NEW.stage = 'open' AND OLD.stage = 'draft') EXECUTE FUNCTION decisions_box();
CREATE TRIGGER decisions_box_gone AFTER DELETE ON decisions_decision
    FOR EACH ROW WHEN (OLD.secret AND OLD.stage = 'open') EXECUTE FUNCTION decisions_box();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0001_initial'),
        ('items', '0001_initial'),
        ('people', '0001_initial'),
        ('spaces', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='secret',
            field=models.BooleanField(default=False, verbose_name='ballots are secret'),
        ),
        migrations.AddField(
            model_name='decision',
            name='delegated',
            field=models.BooleanField(default=False, verbose_name='voices may be lent'),
        ),
        migrations.AddField(
            model_name='decision',
            name='about',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='decision',
            name='pinned',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='ballot',
            name='carried',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='elector',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.organisation'),
        ),
        migrations.CreateModel(
            name='Argument',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='%(class)s', serialize=False, to='items.item')),
                ('side', models.CharField(choices=[('for', 'For'), ('against', 'Against'), ('opinion', 'Opinion'), ('objection', 'Objection')], default='for', max_length=10)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0)),
                ('elector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='decisions.elector')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('elector',), name='decisions_marked_once')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.TextField()),
                ('outcome', models.JSONField(null=True)),
                ('at', models.DateTimeField(default=palabre.kit.clock.now)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='decisions.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision',), name='decisions_one_standing')],
            },
        ),
        migrations.CreateModel(
            name='Unsigned',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=16)),
                ('said', models.JSONField(null=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unsigned', to='decisions.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'code'), name='decisions_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField(default=palabre.kit.clock.now)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='spaces.space')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('space__isnull', True), ('topic', ''), _connector='XOR'), name='decisions_lent_by_topic'),
                    models.CheckConstraint(condition=models.Q(('giver', models.F('to')), _negated=True), name='decisions_lent_to_another'),
                    models.UniqueConstraint(fields=('giver', 'space'), name='decisions_lent_once_a_space'),
                    models.UniqueConstraint(condition=models.Q(('topic__gt', '')), fields=('giver', 'topic'), name='decisions_lent_once_a_topic'),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('secret', False), models.Q(('delegated', False), ('shown', 'closed')), _connector='OR'), name='decisions_secret_until_closed'),
        ),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
    ]
