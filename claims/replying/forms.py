"""What an official fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from claims.asking.replying import MOST_CHARACTERS, ReplyRefused, Sent

_NAME = 200
_REFUSED = {
    "file": _(
        "This file cannot be taken. Send a PDF, a picture (PNG, JPEG, WebP), a table (XLSX, CSV) or plain text of at "
        "most 10 MB, without a password and without macros."
    ),
    "": _("This holds characters that no page can show. Paste it as plain text."),
}


def _unlimited(field: forms.CharField) -> forms.CharField:
    """Let a browser send a text that is too long: cut in silence it would be lost, refused it stands in the form."""
    field.widget.attrs.pop("maxlength", None)
    return field


class ReplyForm(forms.Form):
    """An answer, or word that one will follow. Checks shape; the verb judges characters and the file."""

    sender_name = _unlimited(
        forms.CharField(
            max_length=_NAME,
            label=_("Your name"),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": _("Say who is writing.")},
        )
    )
    sender_post = _unlimited(
        forms.CharField(
            max_length=_NAME,
            required=False,
            label=_("Your post"),
            widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        )
    )
    only_acknowledges = forms.BooleanField(
        required=False, label=_("This only confirms that the letter arrived; an answer will follow")
    )
    text = _unlimited(
        forms.CharField(
            max_length=MOST_CHARACTERS,
            required=False,
            label=_("Your answer"),
            help_text=_("In Thai or in English. To answer the questions one by one, write their numbers."),
            widget=forms.Textarea(attrs={"rows": 12}),
        )
    )
    file = forms.FileField(
        required=False,
        label=_("A file, if you wish"),
        help_text=_(
            "PDF, picture, table (XLSX, CSV) or plain text, at most 10 MB. Place, camera and author are taken out of "
            "pictures; of other files we keep everything that is in them."
        ),
        allow_empty_file=True,
    )

    use_required_attribute = False  # the other language is a button of this form, too
    error_css_class = "faulty"

    def clean(self) -> dict[str, Any]:
        """An answer has a text or a file; an acknowledgement needs neither."""
        data = super().clean() or {}
        if not (data.get("only_acknowledges") or data.get("text") or data.get("file")) and "text" not in self.errors:
            self.add_error("text", _("Write an answer, add a file, or say that this only confirms the arrival."))
        return data

    def refuse(self, refused: ReplyRefused) -> None:
        """Put what the verb refused beside its field."""
        self.add_error(refused.field, _REFUSED.get(refused.field, _REFUSED[""]))

    @property
    def sent(self) -> Sent:
        """What the verb takes."""
        data = self.cleaned_data
        upload: UploadedFile[Any] | None = data["file"]
        return Sent(
            sender_name=data["sender_name"],
            sender_post=data["sender_post"],
            text=data["text"],
            only_acknowledges=data["only_acknowledges"],
            file=None if upload is None else (upload.name or "", upload.read()),
        )
