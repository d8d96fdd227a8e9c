"""Addresses of the room publishing."""

from django.urls import path, re_path

from mitplan.publishing.views import comparison, passage, reader, results

app_name = "publishing"
urlpatterns = [
    path("plan/", reader.plans, name="plans"),
    path("plan/<slug:slug>/", reader.plan, name="plan"),
    path("plan/<slug:slug>/fassung/<int:number>/", reader.edition, name="edition"),
    path(
        "plan/<slug:slug>/fassung/<int:number>/herkunft.csv",
        reader.edition_origins,
        name="edition_origins",
    ),
    re_path(
        r"^plan/(?P<slug>[-\w]+)/fassung/(?P<number>\d+)/text\.(?P<ending>md|docx|txt|json)$",
        reader.edition_file,
        name="edition_file",
    ),
    path("plan/<slug:slug>/vergleich/<int:old>/<int:new>/", comparison.compare, name="compare"),
    path("plan/<slug:slug>/textstelle/<int:number>/", passage.passage, name="passage"),
    path("ergebnis/", results.results, name="results"),
    path("ergebnis/<int:number>/", results.result, name="result"),
    re_path(
        r"^ergebnis/(?P<number>\d+)/anliegen\.(?P<ending>csv|json)$",
        results.result_points,
        name="result_points",
    ),
    path("ergebnis/recompute.py", results.recompute, name="recompute"),
]
