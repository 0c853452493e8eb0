"""Which declarations of a style keep text from a reader's eyes. Pure, one pass."""

from __future__ import annotations

import re

_MAX_STYLE = 2_000  # characters of one element's style that are read
_FAR = re.compile(r"-\d{3,6}(?:px|em|rem|vw|vh|%)?")
_NOTHING = re.compile(r"0*\.?0*(?:px|em|rem|pt|%|vw|vh)?")
_CLIPPED = re.compile(r"rect\((?:0|1px|0px|auto|[,\s])*\)|inset\((?:50|100)%[^)]{0,40}\)|circle\(0[^)]{0,20}\)")
_ALWAYS = {
    "display": frozenset({"none"}),
    "visibility": frozenset({"hidden", "collapse"}),
    "content-visibility": frozenset({"hidden"}),
    "color": frozenset({"transparent", "rgba(0,0,0,0)", "#0000", "#00000000"}),
    "transform": frozenset({"scale(0)", "scale(0,0)"}),
}
_SIZES = ("height", "width", "max-height", "max-width")


def hides(style: str, *, may_fade_in: bool = False) -> bool:
    """Whether an element with these declarations shows no text.

    `may_fade_in`: it comes from a style sheet, where opacity 0 is the start of an effect as often as a hiding place.
    """
    rules = _declarations(style[:_MAX_STYLE])
    if any(rules.get(name) in values for name, values in _ALWAYS.items()):
        return True
    if _is_nothing(rules.get("font-size")) or (_is_nothing(rules.get("opacity")) and not may_fade_in):
        return True
    return _is_cut_off(rules) or _is_elsewhere(rules)


def _declarations(style: str) -> dict[str, str]:
    """Property to value, without blanks and `!important`; the last of two counts."""
    found = {}
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = "".join(value.split()).removesuffix("!important")
    return found


def _is_nothing(value: str | None) -> bool:
    return bool(value) and value is not None and value[0] in "0." and bool(_NOTHING.fullmatch(value))


def _is_cut_off(rules: dict[str, str]) -> bool:
    clip = rules.get("clip-path", rules.get("clip", ""))
    if _CLIPPED.fullmatch(clip):
        return True
    return rules.get("overflow") in ("hidden", "clip") and any(_is_nothing(rules.get(size)) for size in _SIZES)


def _is_elsewhere(rules: dict[str, str]) -> bool:
    """Moved out of the window."""
    if _FAR.fullmatch(rules.get("text-indent", "")):
        return True
    is_placed = rules.get("position") in ("absolute", "fixed")
    return is_placed and any(_FAR.fullmatch(rules.get(edge, "")) for edge in ("left", "top", "right", "bottom"))
