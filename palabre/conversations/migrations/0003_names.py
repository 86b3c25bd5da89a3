"""Whether a title was given by somebody is told beside the title, where lists of many kinds find it without asking."""

from django.db import migrations

BATCH = 1000


def told_beside_the_title(apps, schema_editor):
    Item, Conversation = apps.get_model('items', 'Item'), apps.get_model('conversations', 'Conversation')
    items = []
    for item in Item.objects.filter(pk__in=Conversation.objects.filter(named=True).values('pk')).only('extras'):
        item.extras = item.extras | {'named': True}
        items.append(item)
    Item.objects.bulk_update(items, ['extras'], batch_size=BATCH)


def told_by_the_facet(apps, schema_editor):
    Conversation = apps.get_model('conversations', 'Conversation')
    Conversation.objects.filter(item__extras__named=True).update(named=True)


class Migration(migrations.Migration):
    dependencies = [
        ('conversations', '0002_turns'),
    ]

    operations = [
        migrations.RunPython(told_beside_the_title, told_by_the_facet),
        migrations.RemoveField(model_name='conversation', name='named'),
    ]
