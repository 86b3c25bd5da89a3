"""Names found without their accents, and the table that attempts are counted in.

The table belongs to the cache that limits sign-in; it is not logged, since losing it in a crash costs nothing
but a few more attempts.
"""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_session")]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE people_attempts (
                cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL
            );
            CREATE INDEX people_attempts_expires ON people_attempts (expires);
            """,
            "DROP TABLE people_attempts",
        ),
    ]
