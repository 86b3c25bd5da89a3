"""The pages, as Granian serves them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.project.settings")
application = get_wsgi_application()
