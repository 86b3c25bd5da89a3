"""The company's own sign-in, by OpenID Connect, told by the environment."""

from collections.abc import Mapping
from typing import Any


def openid_connect(environment: Mapping[str, str]) -> dict[str, Any]:
    """What django-allauth must know of the provider named by `PALABRE_OIDC_ISSUER`; nothing without one."""
    issuer = environment.get("PALABRE_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    return {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "company",
                    "name": environment.get("PALABRE_OIDC_NAME", "OpenID Connect"),
                    "client_id": environment.get("PALABRE_OIDC_CLIENT_ID", "palabre"),
                    "secret": environment.get("PALABRE_OIDC_SECRET", ""),
                    "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
                }
            ]
        }
    }
