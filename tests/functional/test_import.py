"""A budget file on its way: uploaded at the desk, read by the real worker, published by another person, undone."""

import http.cookiejar
import json
import re
import urllib.request
from io import BytesIO
from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from claims.review.transitions import Role
from claims.seeding.demo import password_of
from tests.budgets.importing.mappings import HEADER, MONEY, ROWS
from tests.budgets.importing.test_spec import raw
from tests.functional.test_recheck import ask, until
from tests.stack import Stack

SECONDS = 60
STANDING = """
    SELECT count(*) FROM budgets_figure f JOIN budgets_budgetimport i ON i.id = f.budget_import_id
    WHERE i.dataset = 'bill' AND f.retracted_at IS NULL
"""
PUBLIC = (
    "SELECT count(*) FROM budgets_budgetimport WHERE dataset = 'bill' AND published_at IS NOT NULL AND state = 'done'"
)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Visitor:
    """A signed-in browser without a screen."""

    def __init__(self, stack: Stack, role: Role) -> None:
        self.origin = stack.url
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.post("/admin/login/", username=role.value, password=password_of(role), next="/admin/")

    def get(self, path: str) -> str:
        """The text of a page."""
        with self._opener.open(self.origin + path, timeout=30) as answer:
            text: str = answer.read().decode()
        return text

    def post(self, path: str, *, page: str = "", **fields: Any) -> tuple[str, str]:
        """Send a form with the token of `page` (else of `path`); the path that it led to, and its text."""
        token = _TOKEN.search(self.get(page or path))
        assert token is not None, path
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token[1], **fields})
        headers = {"Content-Type": MULTIPART_CONTENT, "Origin": self.origin, "Referer": self.origin + path}
        request = urllib.request.Request(self.origin + path, data=body, headers=headers)
        with self._opener.open(request, timeout=30) as answer:
            return answer.url.removeprefix(self.origin), answer.read().decode()


def uploaded(stack: Stack, visitor: Visitor) -> str:
    """Write a mapping, upload a file to be tried, and return the path of its page."""
    [(country,)] = ask(stack, "SELECT id FROM budgets_jurisdiction WHERE code = 'TH'")
    spec = raw(measures=[MONEY], unknown_agency="create", lang="th")
    rows = {"aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0"}
    visitor.post(
        "/admin/budgets/columnmapping/add/", name="bill", title_en="Bill", title_th="ร่าง", jurisdiction=country,
        provenance="official_document", source_url="", spec=json.dumps(spec), **rows,
    )  # fmt: skip
    [(mapping,)] = ask(stack, "SELECT id FROM budgets_columnmapping WHERE name = 'bill'")
    file = BytesIO((HEADER + ROWS).encode())
    file.name = "bill.csv"
    path, _ = visitor.post("/admin/budgets/budgetimport/add/", mapping=mapping, upload=file, dataset="", dry_run="on")
    return path


def read_by_worker(visitor: Visitor, path: str) -> str:
    """Wait as the page does, which renews itself while the file waits."""

    def done() -> str:
        page = visitor.get(path)
        return "" if "http-equiv" in page else page

    found: str = until(done, SECONDS)
    return found


def test_a_file_is_tried_imported_published_and_undone(fresh_stack: Stack) -> None:
    contributor, editor = Visitor(fresh_stack, Role.CONTRIBUTOR), Visitor(fresh_stack, Role.EDITOR)
    tried = uploaded(fresh_stack, contributor)
    assert "What the import would do" in read_by_worker(contributor, tried)
    assert ask(fresh_stack, STANDING) == [(0,)]
    key = tried.split("/")[-3]
    stored, _ = contributor.post(f"/admin/budgets/budgetimport/{key}/move/import/", page=tried)
    page = read_by_worker(contributor, stored)
    assert "What the import did" in page
    assert "another person lets readers see it" in page
    assert ask(fresh_stack, STANDING) == [(3,)]
    key = stored.split("/")[-3]
    _, page = editor.post(f"/admin/budgets/budgetimport/{key}/move/publish/", page=stored)
    assert "Readers see the figures of this import now." in page
    assert ask(fresh_stack, PUBLIC) == [(1,)]
    assert "Figures that answer the same question" in editor.get("/admin/budgets/figure/conflicts/")
    question = f"/admin/budgets/budgetimport/{key}/undo/"
    editor.post(f"/admin/budgets/budgetimport/{key}/move/undo/", page=question)
    assert (ask(fresh_stack, STANDING), ask(fresh_stack, PUBLIC)) == ([(0,)], [(0,)])
