"""Addresses of the room projects."""

from django.urls import path

from mitplan.projects import views

app_name = "projects"
urlpatterns = [
    path("projekte/", views.projects, name="projects"),
    path("projekte/karte/", views.project_map, name="map"),
    path("projekte/<int:pk>/", views.project, name="project"),
]
