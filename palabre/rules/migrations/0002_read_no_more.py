"""Of rules that hold no more nobody is asked whether they are still true."""

from typing import Any

from django.db import migrations


def read_no_more(apps: Any, _schema: Any) -> None:
    """What was verified of them, and the day on which it lapses."""
    over = apps.get_model("rules", "Rule").objects.filter(standing__in=("replaced", "lifted")).values("pk")
    apps.get_model("authoring", "Trust").objects.filter(item__in=over).delete()
    apps.get_model("items", "Appointment").objects.filter(item__in=over, verb="lapse", kept_at=None).delete()


class Migration(migrations.Migration):
    """After the rules, and what they are written with."""

    dependencies = [("rules", "0001_initial"), ("authoring", "0003_thrown_away"), ("items", "0001_initial")]
    operations = [migrations.RunPython(read_no_more, migrations.RunPython.noop, elidable=True)]
