"""Addresses of the room web."""

from django.urls import URLPattern

app_name = "web"
urlpatterns: list[URLPattern] = []
