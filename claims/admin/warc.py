"""The stored sources of a claim as a WARC file, for those who may read them."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from claims.admin.snapshots import INERT, may_read
from claims.sources.bodies import BodyUnreadable
from claims.sources.warc import write_warc

if TYPE_CHECKING:
    _Page = admin.ModelAdmin[Any]
else:
    _Page = object


class ExportsSources(_Page):
    """Adds the download to a claim."""

    def get_urls(self) -> list[URLPattern]:
        """Put it under the claim."""
        view = self.admin_site.admin_view(self.warc_view)
        return [path("<int:key>/sources.warc.gz", view, name="claims_claim_warc"), *super().get_urls()]

    def warc_view(self, request: HttpRequest, key: int) -> HttpResponse | FileResponse:
        """Build it in a temporary file first: half a file is never sent."""
        claim = self.get_object(request, str(key))
        if claim is None:
            raise Http404
        if not (self.has_view_permission(request, claim) and may_read(request)):
            raise PermissionDenied
        file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
        try:
            write_warc(claim, file)
        except BodyUnreadable as unreadable:
            file.close()
            messages.error(request, f"The file was not made. {unreadable}")
            return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))
        file.seek(0)
        answer = FileResponse(
            file, as_attachment=True, filename=f"{claim.slug}.warc.gz", content_type="application/octet-stream"
        )
        for name, value in INERT.items():
            answer[name] = value
        return answer
