from django.db import migrations

# Who may vote is looked up in the moment a vote opens, and is from then on what the count is divided by: the database
# keeps the list as it keeps what was declared. A mandate ends with its organisation, and its holder's voice stays. Only
# a restoration, which says so, brings a list to a vote that is open already.
LISTED = """
CREATE FUNCTION decisions_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'INSERT' AND current_setting('palabre.restoring', true) = 'on')
        OR (TG_OP = 'UPDATE' AND (NEW.decision_id, NEW.person_id) = (OLD.decision_id, OLD.person_id)
            AND (NEW.organisation_id IS NULL OR NEW.organisation_id = OLD.organisation_id))
    THEN
        RETURN NEW;
    ELSIF EXISTS (SELECT FROM decisions_decision WHERE stage <> 'draft' AND item_id IN
        (CASE WHEN TG_OP <> 'INSERT' THEN OLD.decision_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.decision_id END))
    THEN
        RAISE EXCEPTION 'who may vote is settled once a vote is open' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER decisions_listed BEFORE INSERT OR UPDATE OR DELETE ON decisions_elector
    FOR EACH ROW EXECUTE FUNCTION decisions_listed();
"""
UNLISTED = """
DROP TRIGGER decisions_listed ON decisions_elector;
DROP FUNCTION decisions_listed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0004_told_of_the_end'),
    ]

    operations = [
        migrations.RunSQL(LISTED, UNLISTED),
    ]
