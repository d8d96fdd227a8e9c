"""Addresses of the room publishing."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from mitplan.common.exports import ENDINGS
from mitplan.publishing.views import (
    adoption,
    comparison,
    draft,
    files,
    importing,
    passage,
    reader,
    record,
    redline,
    results,
    search,
    synopsis_files,
    treatment,
)

app_name = "publishing"


class TableEnding(StringConverter):
    """How a table file ends."""

    regex = "|".join(ENDINGS)


class PointsEnding(StringConverter):
    """How a file of points ends: as a table, or for programs."""

    regex = "|".join([*ENDINGS, "json"])


class SynopsisEnding(StringConverter):
    """How a synopsis ends that is read rather than reckoned with."""

    regex = "docx|html"


register_converter(TableEnding, "table")
register_converter(PointsEnding, "points")
register_converter(SynopsisEnding, "synopsis")
urlpatterns = [
    path("plan/", reader.plans, name="plans"),
    path("plan/<slug:slug>/", reader.plan, name="plan"),
    path("plan/<slug:slug>/fassung/<int:number>/", reader.edition, name="edition"),
    path(
        "plan/<slug:slug>/fassung/<int:number>/herkunft.<table:ending>",
        reader.edition_origins,
        name="edition_origins",
    ),
    path(
        "plan/<slug:slug>/fassung/<int:number>/konflikte/",
        reader.settlements,
        name="settlements",
    ),
    path(
        "plan/<slug:slug>/fassung/<int:number>/herkunft.txt",
        reader.edition_in_words,
        name="edition_in_words",
    ),
    path(
        "plan/<slug:slug>/fassung/<int:number>/herkunft-kapitel.<table:ending>",
        reader.edition_owners,
        name="edition_owners",
    ),
    re_path(
        r"^plan/(?P<slug>[-\w]+)/fassung/(?P<number>\d+)/text\.(?P<ending>md|docx|odt|txt|json)$",
        files.edition_file,
        name="edition_file",
    ),
    path("plan/<slug:slug>/vergleich/<int:old>/<int:new>/", comparison.compare, name="compare"),
    path(
        "plan/<slug:slug>/vergleich/<int:old>/<int:new>/aenderungen.docx",
        redline.redline,
        name="redline",
    ),
    path(
        "plan/<slug:slug>/vergleich/<int:old>/<int:new>/synopse.<synopsis:ending>",
        synopsis_files.synopsis_file,
        name="synopsis_file",
    ),
    path(
        "plan/<slug:slug>/vergleich/<int:old>/<int:new>/synopse/bestellen/",
        synopsis_files.order_synopsis,
        name="order_synopsis",
    ),
    path("plan/<slug:slug>/textstelle/<int:number>/", passage.passage, name="passage"),
    path("plan/<slug:slug>/arbeitsfassung/", draft.draft, name="draft"),
    path("plan/<slug:slug>/arbeitsfassung/fassung/", draft.freeze, name="freeze"),
    path("plan/<slug:slug>/arbeitsfassung/konflikt/<str:key>/", draft.settle, name="settle"),
    path(
        "plan/<slug:slug>/arbeitsfassung/textstelle/<int:number>/",
        draft.edit_passage,
        name="edit_passage",
    ),
    path(
        "plan/<slug:slug>/arbeitsfassung/zuruecknehmen/<int:origin>/",
        draft.take_back,
        name="take_back",
    ),
    path("plan/<slug:slug>/einlesen/", importing.import_edition, name="import_edition"),
    path("plan/<slug:slug>/beschluss/", adoption.adoption, name="adoption"),
    path(
        "plan/<slug:slug>/fassung/<int:number>/nach-der-beteiligung/",
        adoption.after_participation,
        name="after_participation",
    ),
    path("ergebnis/", results.results, name="results"),
    path("ergebnis/<int:number>/", results.result, name="result"),
    path(
        "ergebnis/<int:number>/gleichbehandlung/",
        treatment.treatment,
        name="treatment",
    ),
    path(
        "ergebnis/<int:number>/anliegen.<points:ending>",
        results.result_points,
        name="result_points",
    ),
    path("ergebnis/recompute.py", results.recompute, name="recompute"),
    path("suche/", search.search, name="search"),
    path("protokoll/", record.audit, name="audit"),
]
