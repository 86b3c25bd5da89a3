"""Whoever is not of the company has no say in the house, whatever made them an administrator."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_here_at"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE people_person SET is_admin = false WHERE is_admin AND side <> 'company'", migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(is_admin=False) | models.Q(side="company"), name="people_administrators_are_inside"
            ),
        ),
    ]
