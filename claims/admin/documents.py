"""Files we hold: judged by content when they come, handed out as attachments."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import pair, staff
from claims.admin.subjects import SharedAdmin
from claims.evidence import EvidenceRefused, keep_document
from claims.intake import IntakeRefused
from claims.models.evidence import EvidenceDocument
from claims.uploads import UploadKind


def _extension(document: EvidenceDocument) -> str:
    return str(document.file.name).rpartition(".")[2]


@admin.register(EvidenceDocument)
class EvidenceDocumentAdmin(SharedAdmin):
    """Keeps through `keep_document`; afterwards only the title may be corrected."""

    refusals = (EvidenceRefused, IntakeRefused)
    list_display = ["title_en", "title_th", "kept_file", "size_in_words", "received_at"]
    date_hierarchy = "received_at"
    search_fields = ["title_en", "title_th", "=sha256"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the file once."""
        if obj is None:
            return [*pair("title"), "file"]
        return [*pair("title"), "kept_file", "size_in_words", "sha256", "received_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A file that is held is never replaced: it is what its digest says."""
        return [] if obj is None else ["kept_file", "size_in_words", "sha256", "received_at"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say which files are kept."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "file":
            field.help_text = "PDF, PNG, JPEG, WebP, CSV or plain text in UTF-8; at most 20 MB. Judged by its content."
        return field

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Keep a new file, or correct the title of one."""
        if change:
            super().write(request, form, formsets, change=change)
            return
        upload = form.cleaned_data["file"]
        keep_document(document=form.instance, upload=upload, by=staff(request), now=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the file itself."""
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:key>/file/", view, name="claims_evidencedocument_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """Hand the file out as an attachment that no browser runs or guesses at."""
        document = self.get_object(request, str(key))
        if document is None:
            raise Http404
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        kind = UploadKind(_extension(document))
        name = f"{document.sha256[:16]}.{kind.value}"
        response = FileResponse(document.file.open("rb"), as_attachment=True, filename=name)
        response["Content-Type"] = kind.content_type
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description="file")
    def kept_file(self, document: EvidenceDocument) -> SafeString:
        """Link to the attachment."""
        url = reverse("admin:claims_evidencedocument_file", args=[document.pk])
        return format_html('<a href="{}">{}</a>', url, _extension(document).upper())

    @admin.display(description="size", ordering="size")
    def size_in_words(self, document: EvidenceDocument) -> str:
        """Its size for people."""
        return filesizeformat(document.size)
