"""An index for the surfaces that search."""

from tests.search.conftest import index as index
