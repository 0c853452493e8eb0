"""Addresses of the official's page, below /en/reply/ and /th/reply/."""

from django.urls import path

from .views import receipt, reply

app_name = "replying"

urlpatterns = [
    path("receipt/<str:signed>/", receipt, name="receipt"),
    path("<str:token>/", reply, name="reply"),
]
