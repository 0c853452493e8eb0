"""Only what a reader can see counts, however it is hidden."""

import time

import pytest

from claims.sources.extract.hiding import hides
from claims.sources.extract.html import from_html

HIDDEN = (
    "display:none", "DISPLAY : None !important", "visibility: collapse", "visibility:hidden", "opacity:0",
    "opacity: 0.0;", "font-size: 0px", "position:absolute;left:-9999px", "position: fixed; top: -200vh",
    "clip:rect(0,0,0,0)",
    "clip-path: inset(50%)", "height:0;overflow:hidden", "max-height:0px; overflow: clip", "text-indent:-9999px",
    "color:transparent", "content-visibility:hidden", "transform: scale(0)",
)  # fmt: skip
SHOWN = (
    "", "opacity:0.5", "font-size:0.8em", "left:-9999px", "margin:0", "height:100%;overflow:hidden", "display:block",
    "width:0.5px;overflow:hidden", "height:0", "text-indent:-2em", "color:#000", "display:none;display:block", "none",
)  # fmt: skip


@pytest.mark.parametrize("style", HIDDEN)
def test_hidden_text_is_not_read(style: str) -> None:
    assert hides(style)
    assert "Secret" not in from_html(f'<p>Open.</p><p style="{style}">Secret <b>words</b></p>').visible


@pytest.mark.parametrize("style", SHOWN)
def test_shown_text_is_read(style: str) -> None:
    assert not hides(style)
    assert "Secret" in from_html(f'<p>Open.</p><p style="{style}">Secret words</p>').visible


@pytest.mark.parametrize(
    ("rule", "is_hidden"),
    [
        (".x{display:none}", True), ("p.x{visibility:hidden}", True), (".a .x{display:none}", True),
        (".a > p.x{display:none}", True), ("#y,.x{clip:rect(0 0 0 0)}", True), (".x:hover{display:none}", False),
        ("@media print{.x{display:none}}", False), ("p{display:none}", False), (".b .x{display:none}", False),
        (".x{opacity:0}", False),  # fades in
    ],
)  # fmt: skip
def test_rules_of_the_page_hide_too(rule: str, is_hidden: bool) -> None:
    page = from_html(f"<style>{rule}</style><p>Open.</p><div class=a><p class=x>Secret words</p></div>")
    assert ("Secret" not in page.visible) is is_hidden


def test_a_hostile_style_takes_no_time() -> None:
    begin = time.perf_counter()
    for unit in ("clip:rect(0,", "text-indent:-1", ";", "opacity:0", "a:b;", "clip-path:inset(50%"):
        hides(unit * 50_000)
        hides((unit * 2_000)[:2_000])
    assert time.perf_counter() - begin < 0.5
