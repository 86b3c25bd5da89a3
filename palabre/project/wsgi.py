"""The pages, as Granian serves them."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.project.settings")
application = get_wsgi_application()

# What is loaded now stays for ever: not looked through again at each collection, and collections are rarer.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
