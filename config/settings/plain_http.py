"""What development and tests relax, because they speak plain HTTP to 127.0.0.1 and collect no static files."""

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
# A __Host- cookie needs https.
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrf"

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
