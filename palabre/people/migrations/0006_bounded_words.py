from django.db import migrations, models

import palabre.people.models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0005_one_with"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="about",
            field=models.TextField(blank=True, max_length=2000, verbose_name="about"),
        ),
        migrations.AlterField(
            model_name="person",
            name="about",
            field=models.TextField(blank=True, max_length=1000, verbose_name="about me"),
        ),
        migrations.AlterField(
            model_name="person",
            name="time_zone",
            field=models.CharField(default=palabre.people.models.zone_of_the_house, max_length=40, verbose_name="time zone"),
        ),
    ]
