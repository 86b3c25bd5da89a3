"""A row held: what is decided by what it says is decided by what it says now, one at a time."""

from django.db.models import Model


def hold(row: Model, *names: str) -> None:
    """Reads these fields of a row anew; until the transaction ends nobody else changes the row."""
    held = type(row)._base_manager.select_for_update(no_key=True)
    row.refresh_from_db(fields=[row._meta.pk.attname, *names], from_queryset=held)
