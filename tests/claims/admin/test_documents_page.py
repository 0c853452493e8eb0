"""Files are judged by their content, kept once, and handed out as attachments."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from claims.models.evidence import EvidenceDocument
from claims.uploads import MOST_BYTES, UploadKind, UploadRefused, judge_upload
from tests.claims.admin.conftest import As
from tests.factories.cast import Cast

ADD = "/admin/claims/evidencedocument/add/"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
KEPT = [
    ("a.pdf", b"%PDF-1.7\n...", UploadKind.PDF),
    ("a.png", PNG, UploadKind.PNG),
    ("a.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", UploadKind.JPEG),
    ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", UploadKind.WEBP),
    ("a.csv", "ปี,บาท\n2567,4".encode(), UploadKind.CSV),
    ("a.txt", "รายจ่าย < 5\n".encode(), UploadKind.TEXT),
    ("a.html", b"only text", UploadKind.TEXT),  # the name alone makes nothing of it
    ("a.txt", "\ufeffwith a mark".encode(), UploadKind.TEXT),
]
REFUSED = [
    ("a.pdf", b"<html><body>not a pdf"),
    ("a.txt", b"<!DOCTYPE html><title>x</title>"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("a.png", b"  <?xml version='1.0'?><svg/>"),
    ("a.txt", b"hello\n<script>alert(1)</script>"),
    ("a.zip", b"PK\x03\x04rest"),
    ("a.csv", b"MZ\x90\0"),
    ("a.txt", b"\xfe\xff\0a"),
    ("a.txt", b"with\0nul"),
    ("a.gif", b"GIF89a\x01\0\x01\0\x80\0\0"),
    ("a.webp", b"RIFF\x10\0\0\0WAVEfmt "),
    ("a.pdf", b"junk before %PDF-1.7"),
    ("a.txt", b""),
]


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def upload(client: Client, name: str, body: bytes, content_type: str = "application/pdf") -> int:
    file = SimpleUploadedFile(name, body, content_type)
    return client.post(ADD, {"title_en": "Paper", "title_th": "เอกสาร", "file": file}).status_code


@pytest.mark.parametrize(("name", "body", "kind"), KEPT)
def test_a_kind_is_told_by_content(name: str, body: bytes, kind: UploadKind) -> None:
    assert judge_upload(name, body) is kind


@pytest.mark.parametrize(("name", "body"), REFUSED)
def test_other_files_are_refused_whatever_they_are_called(name: str, body: bytes) -> None:
    with pytest.raises(UploadRefused):
        judge_upload(name, body)


def test_a_file_may_have_twenty_megabytes_and_no_byte_more() -> None:
    assert judge_upload("a.pdf", b"%PDF-".ljust(MOST_BYTES)) is UploadKind.PDF
    with pytest.raises(UploadRefused, match="at most 20,971,520"):
        judge_upload("a.pdf", b"%PDF-".ljust(MOST_BYTES + 1))


def test_a_file_is_kept_under_its_digest(cast: Cast, browser: As) -> None:
    assert upload(browser("contributor"), "../../evil name.pdf", b"%PDF-1.7 body") == 302
    document = EvidenceDocument.objects.get()
    digest = sha256(b"%PDF-1.7 body").hexdigest()
    assert (document.sha256, document.size, document.file.name) == (digest, 13, f"documents/{digest}.pdf")


def test_the_same_file_is_kept_once_and_a_refused_one_not_at_all(cast: Cast, browser: As, tmp_path: Path) -> None:
    who = browser("contributor")
    assert upload(who, "a.pdf", b"%PDF-1") == 302
    assert upload(who, "b.pdf", b"%PDF-1") == 200
    assert upload(who, "a.pdf", b"<svg onload=alert(1)>") == 200
    assert EvidenceDocument.objects.count() == 1
    assert len(list((tmp_path / "documents").iterdir())) == 1


def test_a_file_is_handed_out_as_an_attachment_that_nothing_runs(cast: Cast, browser: As) -> None:
    upload(browser("contributor"), "a.txt", b"words", "text/html")
    url = reverse("admin:claims_evidencedocument_file", args=[EvidenceDocument.objects.get().pk])
    answer = browser("auditor").get(url)
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(answer) == b"words"
    answer.close()


def test_a_file_is_for_those_who_may_read_documents(cast: Cast, browser: As) -> None:
    upload(browser("contributor"), "a.txt", b"words")
    url = reverse("admin:claims_evidencedocument_file", args=[EvidenceDocument.objects.get().pk])
    assert browser("operations").get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert browser("editor").get("/admin/claims/evidencedocument/999999/file/").status_code == 404


def test_a_title_can_be_corrected_and_the_file_never_replaced(cast: Cast, browser: As) -> None:
    who = browser("contributor")
    upload(who, "a.txt", b"words")
    document = EvidenceDocument.objects.get()
    url = reverse("admin:claims_evidencedocument_change", args=[document.pk])
    other = SimpleUploadedFile("b.txt", b"other", "text/plain")
    assert who.post(url, {"title_en": "Better", "title_th": "ดีกว่า", "file": other}).status_code == 302
    document.refresh_from_db()
    assert (document.title_en, document.sha256) == ("Better", sha256(b"words").hexdigest())
