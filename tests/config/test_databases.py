import threading

import pytest
from django.contrib.auth.models import User
from django.db import ProgrammingError, connection


@pytest.mark.django_db
def test_tests_run_as_the_application_role_which_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == ("tamroi_app", 0)


@pytest.mark.django_db
def test_the_application_role_may_not_truncate() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE auth_user CASCADE")


def test_a_commit_reaches_another_thread_and_not_another_test(committed_db: str) -> None:
    User.objects.create(username="contributor")
    seen: list[int] = []

    def look() -> None:
        seen.append(User.objects.count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.django_db
def test_ordinary_tests_see_nothing_of_it() -> None:
    assert not User.objects.exists()
