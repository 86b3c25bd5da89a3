"""The counting room as a Django app: it has words to translate, and neither tables nor parts that register."""

from django.apps import AppConfig


class CountingConfig(AppConfig):
    name = "palabre.counting"
    label = "counting"
