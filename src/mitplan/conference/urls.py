"""Addresses of the room conference."""

from django.urls import path

from mitplan.conference.views import (
    bodies,
    departments,
    editing_members,
    editing_sittings,
    interests,
    members,
    sittings,
    team,
)

app_name = "conference"
urlpatterns = [
    path("konferenz/", bodies.bodies, name="bodies"),
    path("konferenz/gremien/<int:pk>/", bodies.body, name="body"),
    path("konferenz/mitglieder/", members.members, name="members"),
    path("konferenz/organisationen/<int:pk>/", members.organisation, name="organisation"),
    path("konferenz/sitzungen/", sittings.sittings, name="sittings"),
    path("konferenz/sitzungen/<int:pk>/", sittings.sitting, name="sitting"),
    path("konferenz/vorlagen/<int:pk>/datei/", sittings.paper_file, name="paper_file"),
    path("konferenz/ressorts/", departments.departments, name="departments"),
    path("konferenz/gremien/neu/", editing_members.new_body, name="new_body"),
    path("konferenz/gremien/<int:pk>/aendern/", editing_members.edit_body, name="edit_body"),
    path("konferenz/gremien/<int:pk>/amtsperiode/", editing_members.new_term, name="new_term"),
    path("konferenz/gremien/<int:pk>/vorsitz/", editing_members.new_chair, name="new_chair"),
    path("konferenz/gremien/<int:pk>/sitzung/", editing_sittings.new_sitting, name="new_sitting"),
    path(
        "konferenz/organisationen/neu/", editing_members.new_organisation, name="new_organisation"
    ),
    path(
        "konferenz/organisationen/<int:pk>/aendern/",
        editing_members.edit_organisation,
        name="edit_organisation",
    ),
    path(
        "konferenz/organisationen/<int:pk>/interessen/",
        interests.declare,
        name="declare_interests",
    ),
    path("konferenz/organisationen/<int:pk>/berufen/", editing_members.appoint, name="appoint"),
    path(
        "konferenz/organisationen/<int:pk>/mandat/", editing_members.new_mandate, name="new_mandate"
    ),
    path("konferenz/ressorts/<int:pk>/mandat/", editing_members.new_contact, name="new_contact"),
    path("konferenz/organisationen/<int:pk>/team/", team.team, name="team"),
    path(
        "konferenz/vertretung/<int:pk>/zuruecknehmen/",
        team.revoke_delegation,
        name="revoke_delegation",
    ),
    path(
        "konferenz/einladung/<int:pk>/zuruecknehmen/",
        team.revoke_colleague,
        name="revoke_colleague",
    ),
    path("konferenz/einladung/<int:pk>/<str:key>/", team.accept_colleague, name="accept_colleague"),
    path("konferenz/mandate/<int:pk>/beenden/", editing_members.end_mandate, name="end_mandate"),
    path(
        "konferenz/sitzungen/<int:pk>/aendern/", editing_sittings.edit_sitting, name="edit_sitting"
    ),
    path(
        "konferenz/sitzungen/<int:pk>/top/",
        editing_sittings.new_agenda_item,
        name="new_agenda_item",
    ),
    path("konferenz/top/<int:pk>/", editing_sittings.edit_agenda_item, name="edit_agenda_item"),
    path("konferenz/top/<int:pk>/vorlage/", editing_sittings.new_paper, name="new_paper"),
    path(
        "konferenz/top/<int:pk>/beschluss/", editing_sittings.new_resolution, name="new_resolution"
    ),
]
