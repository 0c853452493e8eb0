"""Production. Everything that differs between installations comes from the environment; .env.example lists all of it.

A variable named X may also be given as X_FILE, the path of a file that holds the value (secrets of a container engine).
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from config.logs import logging_settings
from config.settings.connections import connection_settings, next_redis_database

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.FileAwareEnv()

ENVIRONMENT = "production"
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")

# Scheme and host that readers see, no slash at the end: absolute URLs in feeds, JSON-LD and the API start with it.
PUBLIC_ORIGIN = env.str("PUBLIC_ORIGIN")
# An empty value (a compose file passes those on) means the same as none.
CONTACT_URL = env.str("CONTACT_URL", default="") or f"{PUBLIC_ORIGIN}/en/about/"
# Where readers report errors and officials answer; without one the pages say that none has been named.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or [urlsplit(PUBLIC_ORIGIN).hostname]
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]

# Applications ---------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "config.apps.TamroiAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "corsheaders",
    "csp",
    "ledger",
    "budgets",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.headers.ResourcePolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"tamroi": "claims.web.templatetags.tamroi"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Database, cache and broker -------------------------------------------------------------------------------------------

# config.wsgi sets "web"; everything else is a command or a worker and may take its time.
PROCESS_KIND = env.str("PROCESS_KIND", default="") or "command"
DATABASE_URL = env.str("DATABASE_URL")
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASE_STATEMENT_TIMEOUT_MS = env.int("DATABASE_STATEMENT_TIMEOUT_MS", default=300_000)
DATABASES = {
    "default": connection_settings(
        env.db_url_config(DATABASE_URL), process=PROCESS_KIND, statement_timeout_ms=DATABASE_STATEMENT_TIMEOUT_MS
    )
}

# The broker has a database of its own, which nobody evicts or flushes; the cache has the next one on the same server.
REDIS_URL = env.str("REDIS_URL")
CACHE_PREFIX = env.str("CACHE_PREFIX", default="tamroi")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": next_redis_database(REDIS_URL),
        "KEY_PREFIX": CACHE_PREFIX,
    }
}

# Work in the background -----------------------------------------------------------------------------------------------

RECHECK_TICK_SECONDS = env.int("RECHECK_TICK_SECONDS", default=60)
# How long a batch of checks may take before its sources are due again: what a dead worker costs. Longer than
# CELERY_TASK_TIME_LIMIT, or two workers check the same sources.
RECHECK_LEASE_SECONDS = env.int("RECHECK_LEASE_SECONDS", default=600)
STATUS_TICK_SECONDS = env.int("STATUS_TICK_SECONDS", default=30)
FIGURE_TICK_SECONDS = env.int("FIGURE_TICK_SECONDS", default=15)
IMPORT_TICK_SECONDS = env.int("IMPORT_TICK_SECONDS", default=5)
HEARTBEAT_SECONDS = env.int("HEARTBEAT_SECONDS", default=30)
HEARTBEAT_MAX_AGE_SECONDS = 120

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_DEFAULT_QUEUE = "tamroi"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# An unacknowledged message comes back after the visibility timeout. A task must be over long before that, or leave the
# queue before it begins, as the reading of budget files does (claims.tasks).
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900, "socket_keepalive": True, "health_check_interval": 30}
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A batch under way when the broker goes away holds leases on its rows, so it may finish; its message comes again and
# finds nothing due.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# Requests to other people's servers -----------------------------------------------------------------------------------

OUTBOUND_HEADER_SECONDS = env.float("OUTBOUND_HEADER_SECONDS", default=8.0)
OUTBOUND_TOTAL_SECONDS = env.float("OUTBOUND_TOTAL_SECONDS", default=20.0)
OUTBOUND_HOST_INTERVAL_MS = env.int("OUTBOUND_HOST_INTERVAL_MS", default=250)
OUTBOUND_CONFIRM_SECONDS = env.int("OUTBOUND_CONFIRM_SECONDS", default=1_800)
# Test seams, through which loopback can play the internet. Production refuses to start with one (config.checks).
OUTBOUND_EXTRA_PUBLIC_NETWORKS = env.list("OUTBOUND_EXTRA_PUBLIC_NETWORKS", default=[])
OUTBOUND_EXTRA_PORTS = env.list("OUTBOUND_EXTRA_PORTS", cast=int, default=[])
OUTBOUND_EXTRA_CA = env.str("OUTBOUND_EXTRA_CA", default="")
OUTBOUND_LOCAL_SITE = env.str("OUTBOUND_LOCAL_SITE", default="")

# Languages and time ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("th", "ไทย")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# What people read, the desk included. Everything is stored and served in UTC.
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

# Files ----------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# People ---------------------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
SESSION_COOKIE_AGE = 12 * 60 * 60
# Messages in a cookie of their own would leave cookies behind; the session exists only for people who signed in.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers and cookies --------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only behind a proxy that sets or removes this header itself, else a reader could claim to have come by https.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("TRUST_X_FORWARDED_PROTO", default=False) else None
)
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_FAILURE_VIEW = "claims.web.views.errors.forbidden"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

# API ------------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "claims.api.problems.exception_handler",
    "COERCE_DECIMAL_TO_STRING": True,
    # How many proxies in front append to X-Forwarded-For; without any, the header is whatever a reader wrote.
    "NUM_PROXIES": env.int("TRUSTED_PROXIES", default=0),
}
# Per address and minute; 0 counts nothing.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=600)
SPECTACULAR_SETTINGS = {
    "TITLE": "Tamroi",
    "DESCRIPTION": "Public claims, the evidence behind them, and what those responsible have said. Read-only.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["claims.api.schema.finishing.finish"],
}
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_EXPOSE_HEADERS = ["Content-Language", "ETag", "Link", "Retry-After"]

# Logs -----------------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = logging_settings(LOG_LEVEL, formatter="json")
