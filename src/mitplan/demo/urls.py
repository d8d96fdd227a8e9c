"""Addresses of the room demo."""

from django.urls import path

from mitplan.demo import views

app_name = "demo"
urlpatterns = [
    path("tour/", views.tour, name="tour"),
    path("tour/<int:number>/", views.tour_step, name="tour_step"),
    path("rolle/", views.switch_role, name="switch_role"),
    path("rueckblick-2015-2017/", views.replay, name="replay"),
]
