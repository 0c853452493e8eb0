"""Signs of life written by tasks, so that they prove the whole chain from beat to database."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a named chain last came through."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
