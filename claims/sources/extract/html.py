"""The visible text of an HTML page, and its article. Only what a reader can see counts."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from claims.sources.extract.child import ask
from claims.sources.extract.document import Document
from claims.sources.extract.hiding import hides
from claims.sources.extract.markup import MAX_STYLE, is_too_deep, style_rules

VERSION = "html/2"
_BREAK = "\x1e"  # stands for a block's edge while the tree is flattened; no page may bring its own
# a break goes inside the block, because text between a table's rows would be moved out of the table by the parser
_BLOCK_OPEN = re.compile(
    r"<(?:p|div|li|h[1-6]|section|article|main|blockquote|dd|dt|figcaption|caption|td|th|pre|address|summary|header|footer"
    r"|aside|nav|form|body)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_BLOCK_CLOSE = re.compile(
    r"</(?:p|div|li|h[1-6]|section|article|main|blockquote|dd|dt|figcaption|caption|td|th|pre|address|summary|header|footer"
    r"|aside|nav|form|title)\s*>|<br\b",
    re.IGNORECASE,
)
_GROUP_CLOSE = re.compile(r"</(?:table|ul|ol|dl)\s*>", re.IGNORECASE)
_INVISIBLE = (
    "script, style, template, noscript, svg, canvas, iframe, object, embed, audio, video, select, datalist, textarea, "
    "dialog:not([open]), [hidden], input[type=hidden], del, s, strike"
)
_NOT_ARTICLE = (
    "nav, aside, form, footer, button, [role=navigation], [role=banner], [role=contentinfo], [role=complementary], "
    "[role=search], [role=dialog], [aria-modal=true], #comments, .comments, .comment-list, #disqus_thread"
)
_ARTICLE = ("article, [itemprop=articleBody]", "main, [role=main]")  # the narrower mark first
_SIMPLE = r"(?:[a-z][a-z0-9]{0,20})?[.#][\w\-]{1,80}"
_PLAIN = re.compile(rf"{_SIMPLE}(?: ?>? ?{_SIMPLE}){{0,2}}", re.IGNORECASE)
_SITE_PART = re.compile(r"\s+[|–—·»:\-]\s+")
_LITTLE = 140  # characters: less than this is no article
_HIDDEN_MOST = 100  # selectors; each costs a walk through the page
_TOO_COMPLEX = "page_too_complex"
_LARGE = 100_000  # characters: larger pages are read in a child
_MEMORY = 1 << 30
_SECONDS = 10.0
_MAX_ANSWER = 100 << 20


async def from_page(html: str, charset: str = "") -> Document:
    """Read a page, a large one in a child process with limits; `problem` says when it was too complex. Never raises."""
    if len(html) <= _LARGE or is_too_deep(html):
        return from_html(html, charset)
    body = html.encode("utf-8", "replace")
    answer = await ask("html_child.py", body, memory=_MEMORY, seconds=_SECONDS, most=_MAX_ANSWER)
    if answer is None:
        return Document(extractor=VERSION, charset=charset, problem=_TOO_COMPLEX)
    return Document(extractor=VERSION, charset=charset, **answer)


def from_html(html: str, charset: str = "") -> Document:
    """Read a page. A tree that cannot be built yields an empty document, one too deep to build a `problem`."""
    if is_too_deep(html):
        return Document(extractor=VERSION, charset=charset, problem=_TOO_COMPLEX)
    marked = html.replace(_BREAK, " ").replace("\x00", "")
    marked = _BLOCK_CLOSE.sub(lambda found: _BREAK + found[0], marked)
    marked = _GROUP_CLOSE.sub(lambda found: found[0] + _BREAK, marked)
    marked = _BLOCK_OPEN.sub(lambda found: found[0] + _BREAK, marked)
    tree = LexborHTMLParser(marked)
    title = _first_line(tree.css_first("title"))
    is_shell = _is_script_shell(tree)
    _strip(tree, [_INVISIBLE, *_hidden_by_rules(tree)])
    _strip(tree, ["[style]"], _hides_itself)
    visible = _lines(tree.body)
    _strip(tree, [_NOT_ARTICLE])
    article = _article(tree)
    main = _lines(article)
    return Document(
        extractor=VERSION,
        title=_headline(tree, article) or _without_site(title),
        main=main if len(main) >= min(_LITTLE, len(visible) // 4) else visible,
        visible=f"{title}\n{visible}",
        charset=charset,
        has_script_shell=is_shell and len(visible) < _LITTLE,
    )


def _strip(
    tree: LexborHTMLParser, selectors: list[str], when: Callable[[LexborNode], bool] = lambda node: True
) -> None:
    for selector in selectors:
        # the innermost first: what stands inside a removed node is gone with it
        for node in reversed(tree.css(selector)):
            if node.tag not in ("html", "body") and when(node):
                node.decompose()


def _hides_itself(node: LexborNode) -> bool:
    return hides(node.attributes.get("style") or "")


def _hidden_by_rules(tree: LexborHTMLParser) -> list[str]:
    """Plain selectors that a style element of the page hides; rules inside media queries are left out."""
    left = MAX_STYLE
    found: dict[str, None] = {}
    for style in tree.css("style"):
        css = style.text(deep=True)[:left]
        left -= len(css)
        for selectors, body in style_rules(css):
            parts = [part.strip() for part in selectors.split(",")]
            if hides(body, may_fade_in=True) and all(_PLAIN.fullmatch(part) for part in parts):
                found |= dict.fromkeys(parts)
    return list(found)[:_HIDDEN_MOST]


def _lines(node: LexborNode | None) -> str:
    if node is None:
        return ""
    flat = node.text(deep=True, separator="")
    lines = (" ".join(line.split()) for line in flat.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _first_line(node: LexborNode | None) -> str:
    return _lines(node).partition("\n")[0][:300]


def _article(tree: LexborHTMLParser) -> LexborNode | None:
    """The marked article when it holds much of the text, else the block whose own paragraphs hold the most."""
    whole = len(tree.body.text(deep=True)) if tree.body else 0
    for selector in _ARTICLE:
        marked = [(len(node.text(deep=True)), node) for node in tree.css(selector)]
        size, node = max(marked, key=lambda pair: pair[0], default=(0, None))
        if size >= _LITTLE and size * 3 >= whole:
            return node
    return _densest(tree) or tree.body


def _densest(tree: LexborHTMLParser) -> LexborNode | None:
    scores: dict[int, tuple[float, LexborNode]] = {}
    for node in tree.css("p, div, li, td, h1, h2, h3, blockquote, pre"):
        own = len(" ".join((node.text(deep=node.tag not in ("div", "td", "li")) or "").split()))
        parent = node.parent
        if own < 30 or parent is None:
            continue
        before = scores.get(parent.mem_id, (0.0, parent))[0]
        scores[parent.mem_id] = (before + own, parent)
    if not scores:
        return None
    return max(scores.values(), key=lambda pair: pair[0])[1]


def _headline(tree: LexborHTMLParser, article: LexborNode | None) -> str:
    """The heading of the article: the site's name around a title changes more often than the title."""
    for place in (article, tree.body):
        heading = place.css_first("h1") if place is not None else None
        if heading is not None and (line := " ".join(_lines(heading).split())):
            return line[:300]
    return ""


def _without_site(title: str) -> str:
    return max(_SITE_PART.split(title), key=len, default="")


def _is_script_shell(tree: LexborHTMLParser) -> bool:
    if tree.css_first("script") is None:
        return False
    return tree.css_first("noscript, #root, #app, #__next, app-root") is not None
