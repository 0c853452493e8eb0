"""Files we hold: judged by content when they come, handed out as attachments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.admin.base import pair, staff
from claims.admin.confirming import Confirms, Step
from claims.admin.subjects import SharedAdmin
from claims.evidence import EvidenceRefused, check_redaction, keep_document
from claims.intake import IntakeRefused
from claims.models.evidence import EvidenceDocument
from claims.uploads import UploadKind


def _extension(document: EvidenceDocument) -> str:
    return str(document.file.name).rpartition(".")[2]


class LookForm(forms.Form):
    """What somebody looked for in a file."""

    note = forms.CharField(
        label="What you looked for, and found",
        max_length=300,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Names, signatures, addresses, numbers of telephones, accounts and identity cards, what the file "
        "itself says of its author. Do not repeat here what must not be shown.",
    )


_HELD = ("kept_file", "size_in_words", "sha256", "received_at")
_LOOKED = ("redaction_checked_by", "redaction_checked_at", "redaction_note")


@admin.register(EvidenceDocument)
class EvidenceDocumentAdmin(Confirms, SharedAdmin):
    """Keeps through `keep_document`; afterwards title and tier may be corrected, and the file looked through."""

    refusals = (EvidenceRefused, IntakeRefused)
    step = Step(
        name="look",
        label="Looked through for what must not be shown",
        explained="Open the file and read all of it first. No claim is published on a file that nobody looked through.",
        done="Noted, with your name. The ledger keeps who looked and when.",
        form=LookForm,
    )
    list_display = ["title_en", "title_th", "tier", "kept_file", "size_in_words", "received_at", "looked_through"]
    list_filter = ["tier", ("redaction_checked_at", admin.EmptyFieldListFilter)]
    date_hierarchy = "received_at"
    search_fields = ["title_en", "title_th", "=sha256"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the file once."""
        if obj is None:
            return [*pair("title"), "tier", "file"]
        return [*pair("title"), "tier", *_HELD, _LOOKED[:2], _LOOKED[2]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A file that is held is never replaced: it is what its digest says."""
        return [] if obj is None else [*_HELD, *_LOOKED]

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

    def may_step(self, request: HttpRequest, row: Any) -> bool:
        """Whoever may write; the ledger names who."""
        return self.has_change_permission(request, row)

    def carry_out(self, request: HttpRequest, row: Any, said: dict[str, Any]) -> None:
        """Note the look."""
        check_redaction(document=row, note=said["note"], by=staff(request), now=timezone.now())

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

    @admin.display(description="looked through", boolean=True, ordering="redaction_checked_at")
    def looked_through(self, document: EvidenceDocument) -> bool:
        """Whether somebody looked for what must not be shown."""
        return document.redaction_checked_at is not None
