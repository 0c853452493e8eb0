"""The known cast: one person per role, and spare ones."""

from dataclasses import dataclass

import factory
from django.contrib.auth.models import Group, User

from claims.review.roles import ensure_roles
from claims.review.transitions import Role


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A member of staff without any role."""

    class Meta:
        model = User
        django_get_or_create = ("username",)

    username = factory.Sequence(lambda n: f"person{n}")
    is_staff = True


@dataclass(frozen=True)
class Cast:
    """Who plays in a test."""

    contributor: User
    reviewer: User
    editor: User
    auditor: User
    operations: User


def make_cast() -> Cast:
    """Make the groups and one account in each."""
    ensure_roles()
    return Cast(**{role.value: member(role, role.value) for role in Role})


def member(role: Role, username: str) -> User:
    """Make an account in a role; call `make_cast` or `ensure_roles` first."""
    user: User = UserFactory.create(username=username)
    user.groups.add(Group.objects.get(name=role.value))
    return user
