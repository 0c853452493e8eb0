"""One round of django-linkcheck, for `benchmarks.recheck_rivals`: run by the interpreter of its own environment.

`python rival_django_linkcheck.py FOLDER < URLS`. The database in FOLDER is SQLite that waits for no disk. Prints JSON:
`seconds` of the round alone, and how many URLs were found `good`.
"""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings

urlpatterns: list[object] = []


def main(folder: Path, urls: list[str]) -> None:
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "rows.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY"},
    }
    settings.configure(
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=["django.contrib.contenttypes", "linkcheck"],
        LINKCHECK_DISABLE_LISTENERS=True,
        LINKCHECK_EXTERNAL_RECHECK_INTERVAL=0,
        MEDIA_URL="/media/",
        ROOT_URLCONF=__name__,
        SECRET_KEY="for one benchmark",
        SITE_DOMAIN="example.org",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command
    from linkcheck.models import Url  # type: ignore[import-not-found] # of the environment given
    from linkcheck.utils import check_links  # type: ignore[import-not-found]

    call_command("migrate", verbosity=0)
    Url.objects.bulk_create([Url(url=url) for url in urls], ignore_conflicts=True)
    begin = time.perf_counter()
    check_links(external_recheck_interval=0, check_internal=False)
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "good": Url.objects.filter(status=True, status_code=200).count()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.read().split())
