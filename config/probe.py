"""Ask the web process of this container for /healthz: the image's health check. Exit status 0 when it answers 200."""

import http.client
import os
import sys
from contextlib import closing
from urllib.parse import urlsplit

PORT = 8000
SECONDS = 8


def is_alive(port: int, *, host: str) -> bool:
    """`host` is the name the site goes by: any other is refused by ALLOWED_HOSTS."""
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as connection:
            connection.request("GET", "/healthz", headers={"Host": host})
            return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not is_alive(PORT, host=urlsplit(os.environ["PUBLIC_ORIGIN"]).netloc))
