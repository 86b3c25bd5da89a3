"""Packing pages for their way, and no longer than that saves.

Measured, a page of 90 KB is 15.3 KB in 0.06 ms as ISA-L packs it, and 14.3 KB in 0.52 as zlib does (decision 59).
"""

import secrets
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from isal.igzip import IGzipFile

LEVEL = 2
LEAST = 200  # bytes worth packing


class Packing(GZipMiddleware):
    """Middleware: Django's own, but for how whole pages are packed."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        if len(response.content) < LEAST:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
            return response
        packed = BytesIO()
        # The length must not tell what is in it: a name of some length goes along, as Django does it (Heal the BREACH).
        name = "a" * secrets.randbelow(self.max_random_bytes)
        with IGzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
            file.write(response.content)
        if len(packed.getvalue()) >= len(response.content):
            return response
        response.content = packed.getvalue()
        response["Content-Length"] = str(len(response.content))
        response["Content-Encoding"] = "gzip"
        if (mark := response.get("ETag", "")).startswith('"'):
            response["ETag"] = f"W/{mark}"
        return response
