"""Every address of the site, room by room."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("mitplan.accounts.sign_in")),
    path("", include("mitplan.ui.urls")),
    path("", include("mitplan.accounts.urls")),
    path("", include("mitplan.conference.urls")),
    path("", include("mitplan.projects.urls")),
    path("", include("mitplan.participation.urls")),
    path("", include("mitplan.monitoring.urls")),
    path("", include("mitplan.publishing.urls")),
    path("", include("mitplan.web.urls")),
    path("", include("mitplan.demo.urls")),
]
