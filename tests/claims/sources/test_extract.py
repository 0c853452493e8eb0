"""From bytes to what a reader sees."""

import asyncio

import pytest

from claims.outbound.magic import Kind, kind_of
from claims.sources.extract import extract
from claims.sources.extract.charset import decode
from claims.sources.extract.document import Document
from claims.sources.extract.html import from_html

THAI = "สำนักงานประกันสังคมชี้แจงเรื่องงบประมาณปี 2567 จำนวน 336 ล้านบาท"
LATIN = "Le café de l'école a coûté très cher à Genève"


@pytest.mark.parametrize(
    ("body", "header", "charset"),
    [
        (THAI.encode(), "text/html", "utf-8"),
        (THAI.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (THAI.encode("tis-620"), "text/html; charset=TIS-620", "cp874"),
        (THAI.encode("cp874"), "text/html; charset=windows-874", "cp874"),
        (THAI.encode("tis-620"), 'text/html; charset="iso-8859-11"', "cp874"),
        (THAI.encode("tis-620"), "text/html", "cp874"),
        (THAI.encode("tis-620"), "text/html; charset=utf-8", "cp874"),
        (THAI.encode("tis-620"), "text/html; charset=ISO-8859-1", "cp874"),
        (b'<meta charset="windows-874">' + THAI.encode("cp874"), "text/html", "cp874"),
        (b"<meta http-equiv=content-type content='text/html; charset=tis-620'>" + THAI.encode("tis-620"), "", "cp874"),
        (THAI.encode("utf-16"), "text/html", "utf-16-le"),
        (THAI.encode("utf-8-sig"), "text/html; charset=tis-620", "utf-8"),
        (THAI.encode("utf-16-le"), "text/html; charset=utf-16le", "utf-16le"),
        (LATIN.encode("cp1252"), "text/html", "cp1252"),
        (LATIN.encode("latin-1"), "text/html; charset=iso-8859-1", "cp1252"),
        (LATIN.encode("latin-1"), "text/html; charset=no-such-thing", "cp1252"),
        (LATIN.encode("latin-1"), "text/html; charset=hex", "cp1252"),
        (THAI.encode() + b"\xff", "text/html; charset=utf-8", "utf-8"),
        (THAI.encode() + b"\xff", "", "utf-8"),
        ("日本語".encode("shift_jis"), "text/html; charset=shift_jis", "shift_jis"),
    ],
)
def test_the_charset_is_what_the_bytes_are_not_what_the_label_says(body: bytes, header: str, charset: str) -> None:
    text, used = decode(body, header)
    assert used == charset
    assert any(words in text for words in (THAI, LATIN, "日本語"))


@pytest.mark.parametrize(
    ("head", "named", "kind"),
    [
        (b"", "text/html", Kind.EMPTY),
        (b"%PDF-1.7", "application/octet-stream", Kind.PDF),
        (b"\n\n%PDF-1.4", "text/html", Kind.PDF),
        (b"<!DOCTYPE html>", "text/plain", Kind.TEXT),
        (b"<!DOCTYPE html>", "application/octet-stream", Kind.HTML),
        (b"<p>x", "", Kind.HTML),
        (b"plain words", "", Kind.TEXT),
        (b"a,b\n1,2", "text/csv", Kind.TEXT),
        (b'{"a": 1}', "application/json", Kind.TEXT),
        (b"\x89PNG\r\n\x1a\n", "text/html", Kind.UNREAD),
        (b"PK\x03\x04", "application/zip", Kind.UNREAD),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4", Kind.UNREAD),
        (b"words", "image/svg+xml", Kind.UNREAD),
        (b"a\x00b", "text/html", Kind.UNREAD),
        (b"\xff\xfea\x00", "text/html", Kind.HTML),
        (b"\xef\xbb\xbfwords", "text/plain", Kind.TEXT),
        (b"\x01\x02\x03\x04", "application/x-thing", Kind.UNREAD),
    ],
)
def test_the_first_bytes_decide_what_a_body_is(head: bytes, named: str, kind: Kind) -> None:
    assert kind_of(head, named) is kind


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- SECRET -->",
        "<script>var q = 'SECRET'</script>",
        "<style>.SECRET{}</style>",
        "<p hidden>SECRET</p>",
        "<p style='display: none'>SECRET</p>",
        "<p style='DISPLAY:NONE'>SECRET</p>",
        "<div style='visibility:hidden'>SECRET</div>",
        "<template><p>SECRET</p></template>",
        "<noscript>SECRET</noscript>",
        "<dialog>SECRET</dialog>",
        "<textarea>SECRET</textarea>",
        "<input type=hidden value=SECRET>",
        "<img alt='SECRET'>",
        "<style>.gone, .away { display: none }</style><p class=gone>SECRET</p>",
        "<del>SECRET</del>",
    ],
)
def test_what_nobody_sees_is_not_text(hidden: str) -> None:
    document = from_html(f"<html><body><p>Seen</p>{hidden}<p>Also seen</p></body></html>")
    assert "SECRET" not in document.visible
    assert "Seen" in document.visible
    assert "Also seen" in document.visible


def test_a_rule_for_print_hides_nothing_on_the_screen() -> None:
    document = from_html("<style>@media print { .no-print { display: none } }</style><p class=no-print>Seen</p>")
    assert "Seen" in document.visible


def test_the_article_leaves_out_what_surrounds_it() -> None:
    paragraph = "A sentence of the article that goes on for quite a while and says something. " * 3
    document = from_html(
        f"<html><title>Headline | The News</title><body><header><nav>Menu</nav></header><main><h1>Headline</h1>"
        f"<p>{paragraph}</p><form>Write a comment</form></main><aside>Related: other things</aside>"
        f"<footer>Imprint</footer></body>"
    )
    assert document.title == "Headline"
    assert paragraph.strip() in document.main
    for around in ("Menu", "Related", "Imprint", "Write a comment"):
        assert around not in document.main
    assert "Related" in document.visible


def test_without_marks_the_densest_block_is_the_article() -> None:
    words = [f"<div class=p>Sentence number {n} of this story, long enough to count as text.</div>" for n in range(6)]
    document = from_html(
        f"<div id=top><ul><li>Menu<li>Search</ul></div><div id=x>{''.join(words)}</div><div>Imprint</div>"
    )
    assert "Sentence number 5" in document.main
    assert "Menu" not in document.main


def test_blocks_are_lines_and_inline_marks_are_not() -> None:
    document = from_html(
        "<p>3.2&nbsp;<b>mil</b>lion <a href=x>cu<wbr>bic</a></p><ul><li>one<li>two</ul>"
        "<table><tr><td>a<td>b</table>x<br>y"
    )
    assert document.visible.splitlines()[1:] == ["3.2 million cubic", "one", "two", "a", "b", "x", "y"]


def test_a_page_for_running_browsers_only_is_recognised() -> None:
    shell = from_html("<html><head><script src=/a.js></script></head><body><div id=root></div></body></html>")
    assert shell.has_script_shell
    assert not from_html("<script></script><div id=root></div><p>" + "Words of a page. " * 20).has_script_shell


def test_broken_markup_never_stops_us() -> None:
    for html in (
        "",
        "<",
        "<html",
        "</p></p>",
        "<table><td><table>",
        "<p" * 5_000,
        "<div>" * 3_000 + "x",
        "\x00<p>a\x00b",
    ):
        assert isinstance(from_html(html), Document)


def read(kind: Kind, body: bytes) -> Document:
    return asyncio.run(extract(kind, body, ""))


def pdf(*lines: str) -> bytes:
    """A small PDF with a text layer, written by hand."""
    text = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def test_a_pdf_is_read_line_by_line() -> None:
    document = read(Kind.PDF, pdf("The office set aside 336 million", "for public relations."))
    assert document.problem == ""
    assert document.is_pdf
    assert document.main == "The office set aside 336 million\nfor public relations."


@pytest.mark.parametrize(
    ("body", "problem"), [(b"%PDF-1.4 nonsense", "pdf_damaged"), (pdf(), "no_text"), (b"%PDF-", "pdf_damaged")]
)
def test_a_pdf_without_text_says_why(body: bytes, problem: str) -> None:
    document = read(Kind.PDF, body)
    assert (document.problem, document.main) == (problem, "")


def test_a_pdf_that_needs_more_than_it_may_have_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.sources.extract.pdf.MEMORY", 8 << 20)
    assert read(Kind.PDF, pdf("Words")).problem == "pdf_too_costly"


def test_a_pdf_that_takes_too_long_is_given_up_and_its_child_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.sources.extract.pdf.SECONDS", -4.999)
    assert read(Kind.PDF, pdf("Words")).problem == "pdf_too_costly"


def test_plain_text_is_taken_as_it_is() -> None:
    assert read(Kind.TEXT, THAI.encode("tis-620")).main == THAI


def test_an_unread_kind_has_no_text() -> None:
    assert read(Kind.UNREAD, b"").visible == ""
