"""Tags of the public templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from claims.web.presentation import shapes
from claims.web.presentation.numbers import keep_together

register = template.Library()


@register.simple_tag
def shape(name: str) -> SafeString:
    """`{% shape "partly" %}`: the drawing that stands beside a label."""
    return shapes.shape(name)


@register.filter(is_safe=True)
def together(text: str) -> SafeString:
    """`{{ heading|together }}`: no line break between an amount and its unit."""
    return keep_together(text)


@register.filter(is_safe=True)
def sentence(text: str) -> str:
    """`{{ text|sentence }}`: a full stop where the language ends its sentences with one; Thai does not."""
    ended = not text or text.rstrip("”’\"')").endswith((".", "!", "?", "…"))
    return text if ended or (get_language() or "").startswith("th") else text + "."
