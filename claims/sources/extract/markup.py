"""Bounds on markup, read in one pass before any parser builds a tree: deep nesting costs a tree builder its square."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

MAX_DEPTH = 500  # browsers flatten what is deeper
MAX_STYLE = 100_000  # characters of style elements that are read
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})")
_RAW = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"})
# elements without content, and those that the next one of their kind ends
_FLAT_NAMES = (
    "a area base br col embed hr img input link meta source track wbr param p li dt dd option optgroup tr td th tbody "
    "thead tfoot colgroup caption rp rt html head body"
)
_FLAT = frozenset(_FLAT_NAMES.split())
# these are opened again after each block that ends while they are open
_FORMATTING_NAMES = "b big code em font i nobr s small strike strong tt u"
_FORMATTING = frozenset(_FORMATTING_NAMES.split())
_BRACE = re.compile(r"[{};]")


def is_too_deep(html: str) -> bool:
    """Whether elements are nested deeper than `MAX_DEPTH`, or as many formatting elements are never closed."""
    if html.count("<") <= MAX_DEPTH:
        return False
    nesting = _Nesting()
    end = position = 0
    while found := _TAG.search(html, position):
        position = found.end()
        if end < position and (end := html.find(">", position)) < 0:
            break
        name = found[2].lower()
        if found[1]:
            nesting.close(name)
        elif name in _RAW:
            position = _after_raw(html, name, end)
        else:
            nesting.open(name, is_empty=html[end - 1] == "/")
        if nesting.is_too_deep:
            return True
    return False


class _Nesting:
    """The open elements, about as a tree builder counts them."""

    def __init__(self) -> None:
        self._stack: list[str] = []
        self._open: Counter[str] = Counter()
        self._formatting = 0

    @property
    def is_too_deep(self) -> bool:
        return len(self._stack) > MAX_DEPTH or self._formatting > MAX_DEPTH

    @property
    def _is_foreign(self) -> bool:
        return bool(self._open["svg"] or self._open["math"])

    def open(self, name: str, *, is_empty: bool) -> None:
        if name in _FLAT or (is_empty and self._is_foreign):
            return
        if name in _FORMATTING:
            self._formatting += 1
            return
        self._stack.append(name)
        self._open[name] += 1

    def close(self, name: str) -> None:
        """End an element and all that is open inside it; an end tag without a start means nothing."""
        if name in _FORMATTING:
            self._formatting = max(0, self._formatting - 1)
        elif self._open[name]:
            while (last := self._stack.pop()) != name:
                self._open[last] -= 1
            self._open[name] -= 1


def _after_raw(html: str, name: str, start: int) -> int:
    """Where the end tag of an element without markup ends, or the end of the page."""
    found = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(html, start)
    return found.end() if found else len(html)


def style_rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules outside at-rules, in one pass over the first `MAX_STYLE` characters."""
    css = _without_comments(css[:MAX_STYLE])
    start = depth = 0
    selectors, body = "", 0
    for mark in _BRACE.finditer(css):
        at = mark.start()
        if mark[0] == "{":
            if depth == 0:
                selectors, body = css[start:at].strip(), at + 1
            depth += 1
        elif mark[0] == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                if selectors and not selectors.startswith("@"):
                    yield selectors, css[body:at]
                selectors, start = "", at + 1
        elif depth == 0:
            start = at + 1


def _without_comments(css: str) -> str:
    kept, position = [], 0
    while (start := css.find("/*", position)) >= 0:
        kept.append(css[position:start])
        end = css.find("*/", start + 2)
        if end < 0:
            return "".join(kept)
        position = end + 2
    return "".join(kept) + css[position:]
