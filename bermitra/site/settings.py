"""Settings of an instance. What differs between instances is read from the environment (see docs/operating.md).

BERMITRA_HOME   where database, files and keys live (default ./var)
DATABASE_URL    sqlite:///… or postgresql://… (default: a file under BERMITRA_HOME)
BERMITRA_ORIGIN the address people type (default http://127.0.0.1:8000); https turns on Secure and __Host- cookies
BERMITRA_HOSTS  further host names, separated by commas
BERMITRA_DEBUG  1 for developers only
"""

import os
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from bermitra.foundation.home import home, make_rooms, secret
from bermitra.site.database import database

BERMITRA_HOME = home()
make_rooms(BERMITRA_HOME)
BERMITRA_ORIGIN = os.environ.get("BERMITRA_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
_origin = urlsplit(BERMITRA_ORIGIN)
HTTPS = _origin.scheme == "https"

DEBUG = os.environ.get("BERMITRA_DEBUG") == "1"
SECRET_KEY = secret(BERMITRA_HOME, "django")
ALLOWED_HOSTS = [_origin.hostname or "", "127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS += [each.strip() for each in os.environ.get("BERMITRA_HOSTS", "").split(",") if each.strip()]
CSRF_TRUSTED_ORIGINS = [BERMITRA_ORIGIN]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "bermitra.foundation.journal",
    "bermitra.foundation.commands",
    "bermitra.foundation.documents",
    "bermitra.foundation.regions",
    "bermitra.foundation.norms",
    "bermitra.foundation.accounts",
    "bermitra.foundation.duties",
    "bermitra.foundation.messages",
    "bermitra.foundation.personal",
    "bermitra.foundation.people",
    "bermitra.registry",
    "bermitra.deliberation",
    "bermitra.needs",
    "bermitra.matching",
    "bermitra.partnership",
    "bermitra.selection",
    "bermitra.agreements",
    "bermitra.delivery",
    "bermitra.monitoring",
    "bermitra.desk",
    "bermitra.portal",
    "bermitra.opendata",
    "bermitra.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bermitra.site.json_door.JsonDoor",
    "bermitra.site.memory.RememberedPages",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bermitra.site.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bermitra.site.middleware.PrivatePagesStayPrivate",
    "bermitra.site.middleware.PlainAnswers",
    "bermitra.foundation.accounts.middleware.OnePermissionTable",
]

ROOT_URLCONF = "bermitra.site.urls"
WSGI_APPLICATION = "bermitra.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(os.path.dirname(__file__), "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data -------------------------------------------------------------------------------------------------
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), BERMITRA_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # a form, not a file: files are counted while they stream in
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- doors ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
COMMAND_AUTHORISER = "bermitra.foundation.accounts.permissions.authorise"
COMMAND_WITNESS = "bermitra.site.witness.witness"
PARTNER_DEALINGS = "bermitra.selection.dealings.dealings"
LATE_PROMISES = "bermitra.delivery.following.late_promises"
RECORDS_OF_CASE = ("bermitra.delivery.following.records_of", "bermitra.monitoring.queries.records_of")
PARTNER_CASES = "bermitra.selection.dealings.cases_between"
FORMS_OF_COOPERATION = "bermitra.partnership.book.offered"
RULE_BOOK = "bermitra.portal.handbook.rule_book"
AUTHENTICATION_BACKENDS = ["bermitra.foundation.accounts.sign_in.NameOrPhone"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "page.work_box"
LOGOUT_REDIRECT_URL = "page.home"
ACCOUNT_ADAPTER = "bermitra.foundation.accounts.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # our backend reads a telephone number in the same field
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SESSION_REMEMBER = False  # phones are shared: closing the browser signs out
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,100/h/ip,5/15m/key",  # the key: a name and an address
    "name_tried": "20/15m/key",  # from any address: past it everybody waits, nobody is shut out
    "login": "30/m/ip",
    "reauthenticate": "10/m/user",
    "verify": "20/m/ip",
    "ask": "20/h/ip",
    "register": "10/h/ip",
    "program": "240/m/key",
}
ACCOUNT_FORMS = {
    "login": "bermitra.foundation.accounts.forms.SignIn",
    "reauthenticate": "bermitra.foundation.accounts.forms.AskPassword",
    "change_password": "bermitra.foundation.accounts.forms.ChangePassword",
}
MFA_FORMS = {
    "authenticate": "bermitra.foundation.accounts.forms.AskCode",
    "reauthenticate": "bermitra.foundation.accounts.forms.AskCodeAgain",
    "activate_totp": "bermitra.foundation.accounts.forms.PairPhone",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Bermitra"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# A browser drops a __Host- or Secure cookie that comes over http, and nobody could sign in on 127.0.0.1.
SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "bermitra.site.views.stale_form"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
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

# --- words ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
LOCALE_PATHS = [os.path.join(os.path.dirname(__file__), "locale")]
FORMAT_MODULE_PATH = ["bermitra.site.formats"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

# --- files that never change ------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BERMITRA_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"pikepdf": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": os.environ.get("BERMITRA_LOG", "INFO")},
}
