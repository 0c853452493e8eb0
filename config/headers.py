from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ResourcePolicyMiddleware:
    """`Cross-Origin-Resource-Policy`, which Django has no setting for. The API is for every site, the rest is not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        everyone = request.path.startswith("/api/")
        response.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if everyone else "same-origin")
        return response
