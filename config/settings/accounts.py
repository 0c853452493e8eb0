"""The door of the desk, the same in every installation. In words: docs/accounts.md."""

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["config.accounts.backend.StaffBackend"]
# How long a session lives at most, in use or not; the guard ends it.
SESSION_COOKIE_AGE = 12 * 60 * 60
# Every page of the desk needs a session that was opened with a second factor. Production cannot switch it off.
SECOND_FACTOR_REQUIRED = True
# Approving, signing off and publishing ask who is there, unless that was asked REAUTHENTICATION_SECONDS ago or less.
DECISIONS_NEED_REAUTHENTICATION = True
# Messages in a cookie of their own would leave cookies behind; the session exists only for people who signed in.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "config.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "config.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "admin:login"
ACCOUNT_SESSION_REMEMBER = False
# Failures count per address and per account, whichever comes first; guesses of a code count as failures, too.
ACCOUNT_RATE_LIMITS: dict[str, str | None] = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/15m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_FORMS = {"add_webauthn": "config.accounts.forms.AddPasskeyForm"}
MFA_ADAPTER = "config.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Tamroi"
# A code is good for its own half minute alone: allauth remembers a used one for no longer than that.
MFA_TOTP_TOLERANCE = 0
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no account is known by its e-mail address here
MFA_RATE_LIMITS: dict[str, str | None] = {"webauthn_login": "10/m/ip"}
