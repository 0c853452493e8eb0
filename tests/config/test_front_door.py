import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("asked", "target"),
    [("th", "/th/"), ("en", "/en/"), ("th-TH,th;q=0.9,en;q=0.5", "/th/"), ("fr", "/en/"), ("", "/en/")],
)
def test_the_root_leads_to_the_language_the_browser_asks_for(client: Client, asked: str, target: str) -> None:
    answer = client.get("/", headers={"accept-language": asked})
    assert (answer.status_code, answer["Location"]) == (302, target)
    assert "Accept-Language" in answer["Vary"]
    assert not answer.cookies


def test_every_answer_carries_the_strict_headers(client: Client) -> None:
    answer = client.get("/healthz")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_api_is_for_every_site_and_for_reading_only(client: Client) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    answer = client.options("/api/v1/claims/", headers=asked)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_pages_are_not_shared_with_other_sites(client: Client) -> None:
    answer = client.get("/healthz", headers={"origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer
