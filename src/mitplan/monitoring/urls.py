"""Addresses of the room monitoring."""

from django.urls import path

from mitplan.monitoring.views import goals, indicators, measures

app_name = "monitoring"
urlpatterns = [
    path("ziele/", goals.goals, name="goals"),
    path("ziele/<slug:slug>/<str:code>/", goals.goal, name="goal"),
    path("massnahmen/", measures.measures, name="measures"),
    path("massnahmen/<slug:slug>/<str:code>/", measures.measure, name="measure"),
    path("indikatoren/", indicators.indicators, name="indicators"),
    path("indikatoren/<str:code>/", indicators.indicator, name="indicator"),
]
