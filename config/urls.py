"""Every address of the site. Public pages live below /en/ and /th/; what machines and editors use has no language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import get_language

from config import health


def front_door(request: HttpRequest) -> HttpResponse:
    """To the language the browser asks for; LocaleMiddleware has read Accept-Language and says so in Vary."""
    return HttpResponseRedirect(f"/{get_language()}/")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_door),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("api/", include("claims.api.urls")),
    *i18n_patterns(path("", include("claims.web.urls"))),
]

handler400 = "claims.web.views.errors.bad_request"
handler403 = "claims.web.views.errors.forbidden"
handler404 = "claims.web.views.errors.not_found"
handler500 = "claims.web.views.errors.server_error"
