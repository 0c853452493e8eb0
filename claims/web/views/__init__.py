"""One module per kind of page; each view reads one request and renders one page."""
