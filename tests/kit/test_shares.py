"""Shares in either language."""

import pytest
from django.utils.translation import override

from palabre.kit.shares import percent


@pytest.mark.parametrize(("language", "whole", "tenth"), [("fr", "38\u00a0%", "37,5\u00a0%"), ("en", "38%", "37.5%")])
def test_a_share_is_written_as_the_language_does(language, whole, tenth):
    with override(language):
        assert (percent(0.3751), percent(0.375, 1)) == (whole, tenth)
