"""Addresses of the room projects."""

from django.urls import URLPattern

app_name = "projects"
urlpatterns: list[URLPattern] = []
