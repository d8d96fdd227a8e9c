"""Addresses of the room ui."""

from django.urls import path

from mitplan.ui import views

app_name = "ui"
urlpatterns = [
    path("sprache-wechseln/", views.switch_language, name="switch_language"),
    path("bausteine/", views.gallery, name="gallery"),
]
