"""Settings: one file; each value has a working default or comes from the environment (`palabre doctor` prints them)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from palabre.project import database
from palabre.project.environment import PORTS, choice, networks, number, numbers, words
from palabre.project.keys import push_key, secret_key
from palabre.project.signing_in import openid_connect

BASE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PALABRE_DATA", BASE / "data")).absolute()
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = number("PORT", 8000, 1, 65534)
ADDRESS = os.environ.get("PALABRE_ADDRESS", f"http://127.0.0.1:{PORT}").rstrip("/")
LIVE_PORT = number("PALABRE_LIVE_PORT", PORT + 1, *PORTS)
LIVE_ADDRESS = os.environ.get("PALABRE_LIVE_ADDRESS", "").rstrip("/")
STREAMS = os.environ.get("PALABRE_STREAMS", "1") != "0"  # without, open pages ask now and then what is new
DEBUG = os.environ.get("PALABRE_DEBUG", "") == "1"

SECRET_KEY = os.environ.get("PALABRE_SECRET_KEY") or secret_key(DATA)
ALLOWED_HOSTS = sorted(
    {urlsplit(ADDRESS).hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"} | set(words("PALABRE_HOSTS"))
)
CSRF_TRUSTED_ORIGINS = [ADDRESS]
PALABRE_PROXIES = networks("PALABRE_PROXIES")  # whose word for who asks is believed
COMPANY = os.environ.get("PALABRE_COMPANY", "Palabre")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "template_partials",
    # the rooms, from the ground up
    "palabre.kit.apps.KitConfig",
    "palabre.counting.apps.CountingConfig",
    "palabre.journal.apps.JournalConfig",
    "palabre.people.apps.PeopleConfig",
    "palabre.spaces.apps.SpacesConfig",
    "palabre.items.apps.ItemsConfig",
    "palabre.authoring.apps.AuthoringConfig",
    "palabre.links.apps.LinksConfig",
    "palabre.tags.apps.TagsConfig",
    "palabre.talk.apps.TalkConfig",
    "palabre.search.apps.SearchConfig",
    "palabre.signals.apps.SignalsConfig",
    "palabre.pages.apps.PagesConfig",
    "palabre.posts.apps.PostsConfig",
    "palabre.bookmarks.apps.BookmarksConfig",
    "palabre.conversations.apps.ConversationsConfig",
    "palabre.questions.apps.QuestionsConfig",
    "palabre.decisions.apps.DecisionsConfig",
    "palabre.ideas.apps.IdeasConfig",
    "palabre.consultations.apps.ConsultationsConfig",
    "palabre.commitments.apps.CommitmentsConfig",
    "palabre.offers.apps.OffersConfig",
    "palabre.rules.apps.RulesConfig",
    "palabre.objectives.apps.ObjectivesConfig",
    "palabre.feeds.apps.FeedsConfig",
    "palabre.mail.apps.MailConfig",
    "palabre.push.apps.PushConfig",
    "palabre.webhooks.apps.WebhooksConfig",
    "palabre.portability.apps.PortabilityConfig",
    "palabre.planner.apps.PlannerConfig",
    "palabre.home.apps.HomeConfig",
    "palabre.demo.apps.DemoConfig",
    # after the rooms, whose templates and words come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "palabre.project.proxy.BehindProxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "palabre.kit.headers.Headers",
    "palabre.kit.packing.Packing",
    "palabre.kit.heads.Heads",
    "palabre.kit.arrival.Arrived",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "palabre.people.sessions.PersonOfSession",
    "palabre.people.language.ReadersWay",
    "palabre.spaces.sight.KeepSight",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "palabre.kit.returning.Returning",
    "palabre.push.keeping.Keeping",
    "palabre.push.once.Once",
]

CSRF_FAILURE_VIEW = "palabre.kit.errors.forged"
ROOT_URLCONF = "palabre.project.urls"
WSGI_APPLICATION = "palabre.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", ["palabre.kit.layout.Loader"])],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "palabre.kit.tokens.csrf_token",
            ],
            "libraries": {"i18n": "palabre.kit.templatetags.words"},
        },
    }
]

DATABASES = {"default": database.configuration(DATA, os.environ)}
DATABASES["default"].setdefault("OPTIONS", {})
# What pages ask all day is planned once a connection, which is most of what it costs.
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # the database may have been restarted meanwhile
# Seconds that a page, or the live process, waits for one answer of the database; 0 is for ever, and what a pooler in
# between may want that lets no options through. Work in the background and commands wait as long as it takes.
PALABRE_STATEMENT_TIMEOUT = number("PALABRE_STATEMENT_TIMEOUT", 15, 0, 24 * 60 * 60)
# Processes that make pages, and the connections to the database of each: while one of its pages waits for an answer
# another is drawn, and more would only queue in the database, at 20 MB each.
PALABRE_WORKERS = number("PALABRE_WORKERS", 2, 1, 256)
PALABRE_CONNECTIONS = number("PALABRE_CONNECTIONS", 2, 1, 100)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_IMPORT_PATHS = ["palabre.project.upkeep"]

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
    )
]
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail is unique whatever its case, by a constraint Django does not recognise
    "templates.W003",  # our own tags of translation stand in the place of Django's
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "palabre.people.adapters.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ADDRESS.startswith("https:") else "http"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_CHANGE_EMAIL = True  # one address, which another one replaces once it is confirmed
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USER_DISPLAY = str
MFA_ADAPTER = "palabre.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = COMPANY
MFA_TOTP_TOLERANCE = 1  # a code of thirty seconds before or after: telephones are slow, and their clocks wrong
SOCIALACCOUNT_ADAPTER = "palabre.people.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_FORMS = {"disconnect": "palabre.people.joined.Joined"}
SOCIALACCOUNT_PROVIDERS = openid_connect(os.environ)

# Limits of attempts must hold across workers: what they share is the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
HOUSE_TIME_ZONE = os.environ.get("PALABRE_TIME_ZONE", "Europe/Paris")

STATIC_URL = "/static/"
STATIC_ROOT = BASE / "build" / "served"
LANGUAGE_MODEL = BASE / "build" / "languages"
STATICFILES_DIRS = [path for path in [BASE / "build" / "static"] if path.is_dir()]
STORAGES = {
    "default": {
        "BACKEND": "palabre.authoring.files.storage.Durable",
        "OPTIONS": {"location": DATA / "files", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ADDRESS.startswith("https:")
SESSION_ENGINE = "palabre.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

EMAIL_HOST = os.environ.get("PALABRE_MAIL_HOST", "")
PALABRE_MAIL_TLS = choice("PALABRE_MAIL_TLS", "0", "1", "start")
EMAIL_USE_TLS, EMAIL_USE_SSL = PALABRE_MAIL_TLS == "start", PALABRE_MAIL_TLS == "1"
EMAIL_PORT = number("PALABRE_MAIL_PORT", 465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25, *PORTS)
EMAIL_HOST_USER = os.environ.get("PALABRE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PALABRE_MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("PALABRE_MAIL_FROM", "palabre@localhost")

# Answers by mail: where letters are answered to, whose word on DMARC is believed, and how answers come in.
PALABRE_MAIL_REPLY = os.environ.get("PALABRE_MAIL_REPLY", "").strip()
PALABRE_MAIL_AUTHSERV = words("PALABRE_MAIL_AUTHSERV")
PALABRE_MAIL_SIZE = number("PALABRE_MAIL_SIZE", 25 * 1024 * 1024, 1024, 1024**3)  # bytes
PALABRE_LMTP = os.environ.get("PALABRE_LMTP", "").strip()
PALABRE_IMAP_HOST = os.environ.get("PALABRE_IMAP_HOST", "").strip()
PALABRE_IMAP_TLS = choice("PALABRE_IMAP_TLS", "1", "start", "0")
PALABRE_IMAP_PORT = number("PALABRE_IMAP_PORT", 993 if PALABRE_IMAP_TLS == "1" else 143, *PORTS)
PALABRE_IMAP_USER = os.environ.get("PALABRE_IMAP_USER", "")
PALABRE_IMAP_PASSWORD = os.environ.get("PALABRE_IMAP_PASSWORD", "")
PALABRE_IMAP_FOLDER = os.environ.get("PALABRE_IMAP_FOLDER", "INBOX")

# Outside requests: hosts (`name`, `name:port`) and networks of the operator's own that may be reached beyond the web.
PALABRE_OUTBOUND_ALLOW = words("PALABRE_OUTBOUND_ALLOW")
PALABRE_OUTBOUND_PORTS = numbers("PALABRE_OUTBOUND_PORTS", *PORTS)
# What devices are sent is signed with this, so that their push services know who sends; another key, and people
# subscribe again.
PALABRE_PUSH_KEY = os.environ.get("PALABRE_PUSH_KEY") or push_key(DATA)
PALABRE_OFFLINE = os.environ.get("PALABRE_OFFLINE", "1") != "0"  # without, no page is kept on a device
PALABRE_FILE_SIZE = number("PALABRE_FILE_SIZE", 50 * 1024 * 1024, 1, 1024**4)  # bytes

# Who is told of changes of feeds passes them on (WebSub); without a name, this instance does so itself.
PALABRE_HUB = os.environ.get("PALABRE_HUB", "").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"secretive": {"()": "palabre.kit.secrecy.Secretive"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secretive"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"palabre": {"level": "INFO"}},
}
