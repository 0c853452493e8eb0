"""Small drawings that stand beside a word, so that no state is told by colour alone. Static SVG, 16 × 16 units."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_OPEN = '<svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
_RING = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.75"/>'
_PAGE = '<rect x="2.5" y="1.5" width="11" height="13" rx="1" fill="none" stroke="currentColor" stroke-width="1.5"/>'


def _gauge(filled: int) -> str:
    """Five steps, the first ones filled: the truth ratings, 5 to 1; none filled is “not yet rated”."""
    steps = (
        f'<rect x="{0.75 + 3 * step}" y="{10.25 - 2 * step}" width="2" height="{4.5 + 2 * step}" rx=".4" '
        f'fill="{"currentColor" if step < filled else "none"}" stroke="currentColor"/>'
        for step in range(5)
    )
    return "".join(steps)


def _provenance(fill: str) -> str:
    return f'<rect x="1.5" y="4" width="13" height="8" rx=".5" {fill} stroke="currentColor" stroke-width="1.25"/>'


_DRAWINGS = {
    # what a statement says about a claim
    "answered": '<circle cx="8" cy="8" r="6.8" fill="currentColor"/>',
    "partly": f'{_RING}<path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor"/>',
    "will_clarify": f'{_RING}<path d="M8 4.5V8l2.4 1.6" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "other_point": '<circle cx="5.6" cy="8" r="4.2" fill="none" stroke="currentColor" stroke-width="1.75"/>'
    '<circle cx="13" cy="8" r="2.2" fill="currentColor"/>',
    "not_mentioned": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" '
    'stroke-dasharray="2.1 2.1"/>',
    "not_applicable": '<path d="M3 8h10" stroke="currentColor" stroke-width="1.75"/>',
    "none": '<path d="M3 8h10" stroke="currentColor" stroke-width="1.75" stroke-dasharray="2 2"/>',
    # ratings
    "true": _gauge(5),
    "mostly_true": _gauge(4),
    "half_true": _gauge(3),
    "mostly_false": _gauge(2),
    "false": _gauge(1),
    "not_yet_rated": _gauge(0),
    "unverifiable": f'{_PAGE}<path d="M5 8h6" stroke="currentColor" stroke-width="1.5" stroke-dasharray="1.5 1.5"/>',
    "opinion": '<path d="M2 3h12v8H7l-3 3v-3H2z" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "misleading": f'{_RING}<path d="M4 11 12 5" stroke="currentColor" stroke-width="1.5"/>',
    "outdated": f'{_RING}<path d="M8 4.5V8H5" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "void": f'{_RING}<path d="m4 4 8 8" stroke="currentColor" stroke-width="1.75"/>',
    "several": _gauge(0),
    # figures
    "figures": '<path d="M2 14h12M4 14V9M8 14V3M12 14V6" stroke="currentColor" stroke-width="1.75" fill="none"/>',
    "figures_none": '<path d="M2 14h12" stroke="currentColor" stroke-width="1.75"/>',
    # findings: signs of arithmetic, never a tick or a cross
    "holds": f'{_RING}<path d="M5 6.5h6M5 9.5h6" stroke="currentColor" stroke-width="1.5"/>',
    "fails": f'{_RING}<path d="M5 6.5h6M5 9.5h6M9.6 4.6 6.4 11.4" stroke="currentColor" stroke-width="1.4"/>',
    "undetermined": f'{_RING}<path d="M6 6.6a2 2 0 1 1 2.7 1.9q-.7.3-.7 1.1M8 11v1" fill="none" '
    'stroke="currentColor" stroke-width="1.4"/>',
    # quotes in their sources
    "intact": f'{_PAGE}<path d="M5 5h6M5 8h6M5 11h4" stroke="currentColor" stroke-width="1.5"/>',
    "edited": f'{_PAGE}<path d="M5 5h6M5 11h4" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="m4.5 8.6 1.4-1.2 1.6 1.2 1.6-1.2 1.6 1.2" fill="none" stroke="currentColor" stroke-width="1.1"/>',
    "lost": '<rect x="2.5" y="1.5" width="11" height="13" rx="1" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-dasharray="2 2"/>',
    "unreachable": f'{_PAGE}<path d="m4 12 8-8" stroke="currentColor" stroke-width="1.5"/>',
    "unchecked": _PAGE,
    "quotes_none": '<path d="M3 8h10" stroke="currentColor" stroke-width="1.75" stroke-dasharray="2 2"/>',
    # who stands behind a figure: the fuller, the nearer to a record
    "official_document": _provenance('fill="currentColor"'),
    "official_statement": _provenance('fill="none"') + '<path d="M1.5 8h13v4h-13z" fill="currentColor"/>',
    "independent": _provenance('fill="none"'),
    "media": _provenance('fill="none" stroke-dasharray="1.5 1.5"'),
    "claimant": _provenance('fill="none"')
    + '<path d="m3 12 4-8M7 12l4-8M11 12l3.2-6.4" stroke="currentColor" stroke-width="1.1"/>',
}
_READY = {name: mark_safe(f"{_OPEN}{body}</svg>") for name, body in _DRAWINGS.items()}  # noqa: S308 constants


def shape(name: str) -> SafeString:
    """The drawing of a code; nothing for a code without one."""
    return _READY.get(name, SafeString())
