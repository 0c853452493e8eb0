"""How every form of the admin behaves: one verb per save, and a refusal that loses nothing that was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import CharField, DateField, DateTimeField, Field, Model, TextField, URLField
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ledger.admin import AnyModelAdmin
from ledger.models import Entry

if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
    AnyStackedInline = admin.StackedInline[Any, Any]
    AnyTabularInline = admin.TabularInline[Any, Any]
    _Bilingual = admin.options.BaseModelAdmin[Any]
else:
    AnyModelForm = forms.ModelForm
    AnyStackedInline = admin.StackedInline
    AnyTabularInline = admin.TabularInline
    _Bilingual = object

_REFUSED = "tamroi.refused"
LANGUAGES = {"en": "English", "th": "ไทย"}
_UNCHANGED = "tamroi.unchanged"
_LONG = 200
_DATE_FORM = "YYYY-MM-DD, in the Common Era (2025, not 2568)."
_DATE_HELP = {
    "_earliest": "With the same day beside it: exact. Both empty: unknown.",
    "_latest": "The last day that it can have been.",
}
_PLAIN_WORDS = {
    "lang": "Language",
    "title_lang": "Language of the title",
    "quote_lang": "Language of the quote",
    "quote_exact": "Quote, word for word",
    "is_first": "First time it was said",
}


def pair(*names: str) -> list[tuple[str, str]]:
    """Return rows of a fieldset with English and Thai side by side."""
    return [(f"{name}_en", f"{name}_th") for name in names]


def between(name: str) -> tuple[str, str]:
    """Return the row of an uncertain date."""
    return (f"{name}_earliest", f"{name}_latest")


def reasons_of(refusal: Exception) -> list[str]:
    """Return what a verb, or the database, said when it refused."""
    if isinstance(refusal, IntegrityError):
        return ["The database refused this: " + str(refusal).partition("\n")[0]]
    return list(getattr(refusal, "reasons", None) or [str(refusal)])


def staff(request: HttpRequest) -> User:
    """Return who is signed in; every view behind the admin has somebody."""
    return cast(User, request.user)


class Paragraphs(forms.CharField):
    """A long text. Browsers send CRLF; stored as LF, so that opening and saving a page changes nothing."""

    def to_python(self, value: Any) -> str | None:
        """Normalise the ends of lines."""
        return super().to_python(_with_plain_ends(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored."""
        return super().has_changed(str(_with_plain_ends(initial) or "").strip(), _with_plain_ends(data))


class OneParagraph(Paragraphs):
    """A text of one line, in a box that shows all of it."""

    widget = AdminTextareaWidget

    def to_python(self, value: Any) -> str | None:
        """Join what was broken into lines."""
        text = super().to_python(value)
        return " ".join(text.split("\n")) if text else text


def _with_plain_ends(value: Any) -> Any:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class Bilingual(_Bilingual):
    """Fields say which language they hold, so that the browser spells and reads them aloud in it."""

    formfield_overrides = {TextField: {"form_class": Paragraphs, "widget": AdminTextareaWidget}}

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Mark languages and explain uncertain dates."""
        if type(db_field) is CharField and not db_field.choices and (db_field.max_length or 0) >= _LONG:
            kwargs |= {"form_class": OneParagraph, "widget": AdminTextareaWidget}
        if isinstance(db_field, URLField):
            kwargs |= {"assume_scheme": "https"}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        language = db_field.name.rpartition("_")[2]
        if isinstance(db_field, CharField | TextField) and language in LANGUAGES:
            field.widget.attrs["lang"] = language
        if isinstance(field, Paragraphs):
            field.widget.attrs["rows"] = 1 if isinstance(field, OneParagraph) else 3
        if isinstance(db_field, DateField) and not isinstance(db_field, DateTimeField):
            meaning = field.help_text or _DATE_HELP.get("_" + language, "")
            field.help_text = f"{_DATE_FORM} {meaning}".strip()
        return refused_not_cut(field)


def refused_not_cut(field: forms.Field) -> forms.Field:
    """Let a browser send a text that is too long: cut in silence it would be lost, refused it stands in the form."""
    field.widget.attrs.pop("maxlength", None)
    return field


def labels_of(model: type[Model]) -> dict[str, str]:
    """Return labels that name the language of a field, for forms and for those who only read them."""
    plain = {field.name: label for field in model._meta.fields if (label := _PLAIN_WORDS.get(field.name))}
    return plain | {
        field.name: f"{str(field.verbose_name).rpartition(' ')[0].capitalize()} ({LANGUAGES[field.name[-2:]]})"
        for field in model._meta.fields
        if field.name[-3:] in ("_en", "_th")
    }


class RefusableForm(AnyModelForm):
    """A form that shows what a verb refused, beside everything that was typed."""

    refused: ClassVar[Sequence[str]] = ()

    def clean(self) -> dict[str, Any]:
        """Add the refusal of the first try, if there was one."""
        data = super().clean() or {}
        for reason in self.refused:
            self.add_error(None, reason)
        return data


class VerbAdmin(Bilingual, AnyModelAdmin):
    """A form whose saving is one verb. Subclasses name the verb in `write` and what it raises in `refusals`."""

    form = RefusableForm
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    actions: Sequence[Any] | None = None
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False

    def write(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Call the verb; the form's instance is unsaved. What hangs on it is stored by `save_parts`."""
        raise NotImplementedError

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing that a public page may rest on is deleted from here; rows of a form may be, through its verb."""
        return False

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Give the form its labels and the refusal of the first try."""
        kwargs.setdefault("labels", labels_of(self.model))
        form = super().get_form(request, obj, change=change, **kwargs)
        refused = refusal_of(request)
        return type(form.__name__, (form,), {"refused": refused, "__module__": form.__module__}) if refused else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save through the verb; when it refuses, its transaction is gone and the same form comes back with why."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Exception as refusal:
            if not isinstance(refusal, (IntegrityError, *self.refusals)):
                raise
            request.META[_REFUSED] = reasons_of(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Leave it to the verb, which saves inside its own lock."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Call the verb, unless nothing was changed: looking at a page makes nobody its author."""
        if not change or has_changes(form, formsets):
            self.write(request, form, list(formsets), change=change)
        else:
            request.META[_UNCHANGED] = True

    def save_parts(self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool) -> None:
        """Store what hangs on the row and Django's own log line; verbs call this before they write the ledger."""
        super().save_related(request, form, formsets, change)
        message = super().construct_change_message(request, form, formsets, not change)
        log = super().log_change if change else super().log_addition
        log(request, form.instance, message)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[Any]:
        """Already written by `save_parts`."""
        return []

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say so when there was nothing to save."""
        if not request.META.pop(_UNCHANGED, False) or "_popup" in request.POST:
            return super().response_change(request, obj)
        if "_move" not in request.POST:
            messages.info(request, "Nothing was changed, so nothing was saved.")
        stays = HttpResponseRedirect(request.path)
        return stays if "_continue" in request.POST else self.response_post_save_change(request, obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What forms changed, and below it what the ledger holds."""
        row = self.get_object(request, unquote(object_id))
        entries = entries_about(self.subjects_of(row)) if row is not None else []
        return super().history_view(request, object_id, {"entries": entries, **(extra_context or {})})

    def subjects_of(self, row: Any) -> list[str]:
        """Return the ids under which the ledger knows the row."""
        return [str(getattr(row, "public_id", row.pk))]

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Already done by `save_parts`: the ledger entry is the last statement."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Already done by `save_parts`."""


def entries_about(subjects: Sequence[str]) -> list[tuple[Entry, str]]:
    """Return ledger entries about subjects with the name of who did it, newest first, in two queries."""
    entries = list(Entry.objects.filter(subject_id__in=subjects).select_related("content").order_by("-index")[:200])
    actors = [_actor(entry) for entry in entries]
    people = User.objects.filter(pk__in={key for key in actors if key}).values_list("pk", "username")
    names = {str(key): name for key, name in people}
    return [(entry, names.get(actor, "")) for entry, actor in zip(entries, actors, strict=True)]


def _actor(entry: Entry) -> str:
    """The key of who did it; what an entry says can be erased, and the entry stays."""
    content = getattr(entry, "content", None)
    return str(content.content.get("user", "")) if content else ""


def refusal_of(request: HttpRequest) -> list[str]:
    """Return what the first try of this request was refused for."""
    return list(request.META.get(_REFUSED, ()))


def has_changes(form: forms.BaseForm, formsets: Iterable[BaseFormSet[Any]]) -> bool:
    """Return whether anything in the form or its rows differs from what was shown."""
    return form.has_changed() or any(formset.has_changed() for formset in formsets)
