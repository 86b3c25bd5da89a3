"""The product's addresses, and the style guide that only developers see."""

from django.urls import path

from palabre.kit import styleguide
from palabre.project.urls import handler400, handler403, handler404, handler500  # noqa: F401
from palabre.project.urls import urlpatterns as product

urlpatterns = [*product, path("styleguide/", styleguide.show)]
