from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0004_left_at_that'),
    ]

    operations = [
        migrations.AlterField(
            model_name='support',
            name='source',
            field=models.CharField(blank=True, choices=[('call', 'a call'), ('visit', 'a visit'), ('letter', 'a letter or e-mail'), ('meeting', 'a meeting'), ('comment', 'a comment or a message')], max_length=10),
        ),
    ]
