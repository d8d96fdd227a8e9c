"""The plan reader: the text with its addresses, what is open, editions, origins, files."""

import io
import json
import re

import pytest
from django.core.cache import caches
from docx import Document

from mitplan.formats import docx, markdown, odt
from mitplan.participation import actions as participation
from mitplan.participation.models import Outcome, ReasonCode
from mitplan.plan.models import Edition
from mitplan.plan.queries import state_of
from mitplan.publishing.queries import reading
from tests import factories
from tests.reading import lines_of, rows_of

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_plans_with_one_plan_leads_to_it(client, world):
    response = client.get("/plan/")

    assert (response.status_code, response.url) == (302, "/plan/musterplan/")


def test_plans_without_a_plan_says_what_will_stand_here(client):
    assert "Noch kein Plan." in text_of(client.get("/plan/"))


def test_plan_shows_the_adopted_edition(client, world):
    response = client.get("/plan/musterplan/")

    assert response.context["edition"] == world.adopted
    assert "Sprachkurse am Vormittag und am Abend." in text_of(response)


def test_plan_without_a_public_edition_says_so(client):
    factories.make_edition(factories.make_plan("still"))

    assert "Noch keine öffentliche Fassung." in text_of(client.get("/plan/still/"))


def test_edition_of_a_number_no_database_holds_is_not_found(client, world):
    far = "9" * 20

    addresses = (f"fassung/{far}/", f"fassung/{far}/text.md", f"vergleich/{far}/1/")

    assert [client.get(f"/plan/musterplan/{each}").status_code for each in addresses] == [404] * 3


def test_plan_that_does_not_exist_is_not_found(client):
    assert client.get("/plan/gibt-es-nicht/").status_code == 404


def test_edition_not_released_is_there_only_for_staff_and_departments(client, secretary_client):
    factories.make_edition(factories.make_plan("still"))
    contact = factories.make_department_contact()

    answers = [client.get("/plan/still/fassung/1/").status_code]
    answers.append(secretary_client.get("/plan/still/fassung/1/").status_code)
    client.force_login(contact)
    answers.append(client.get("/plan/still/fassung/1/").status_code)

    assert answers == [404, 200, 200]


def test_edition_gives_every_passage_an_anchor_and_a_permanent_address(client, world):
    page = client.get("/plan/musterplan/fassung/1/").content.decode()

    assert re.findall(r'id="t(\d+)"', page) == ["1", "2", "3", "4", "5", "6"]
    assert re.findall(r'href="/plan/musterplan/textstelle/(\d+)/"', page) == list("123456")


def test_edition_leads_from_goals_and_measures_to_their_pages(client, world):
    page = client.get("/plan/musterplan/").content.decode()

    assert 'href="/ziele/musterplan/Z1/"' in page
    assert 'href="/massnahmen/musterplan/M1/"' in page


@pytest.mark.parametrize(("number", "stamp"), [(1, "nicht beschlossen"), (2, "beschlossen")])
def test_edition_is_stamped_unless_it_is_adopted(client, world, number, stamp):
    page = text_of(client.get(f"/plan/musterplan/fassung/{number}/"))

    assert ("nicht beschlossen" in page) is (stamp == "nicht beschlossen")
    assert stamp in page


def test_contents_are_the_headings_down_to_the_third_level(world):
    contents = reading.edition_text(world.adopted).contents

    assert [(each.text, each.level, each.key) for each in contents] == [
        ("Integrationsplan Musterland", 1, "t1"),
        ("Sprache und Bildung", 2, "t2"),
    ]


def test_edition_notes_where_work_goes_on(client, consulted):
    point = consulted.submissions.get().points.get(position=2)
    participation.decide(
        point=point,
        values=participation.DecisionValues(
            outcome=Outcome.DEFERRED,
            reason_code=ReasonCode.MORE_WORK,
            sentence="Das Ressort prüft.",
            owner="Musterressort",
            review_on=factories.days_later(factories.AFTER_CLOSING, 9999).date(),
        ),
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )
    participation.publish_results(
        consultation=consulted, by=factories.make_secretary(), at=factories.AFTER_CLOSING
    )

    work = reading.open_work(consulted.edition.plan, factories.AFTER_CLOSING.date())

    assert {number: each.sentence for number, each in work.items()} == {
        4: (
            "Hier wird weitergearbeitet: 1 Anliegen, zuständig Musterressort, "
            "nächster Termin 25. September 2053"
        )
    }
    assert work[4].sentence in text_of(client.get("/plan/musterplan/fassung/1/"))


def test_open_work_before_results_are_published_tells_nothing_of_decisions(consulted):
    plan = consulted.edition.plan

    during = reading.open_work(plan, factories.WHILE_OPEN.date())
    afterwards = reading.open_work(plan, factories.AFTER_CLOSING.date())

    assert {
        number: (each.points, each.owners, each.next_on) for number, each in during.items()
    } == {
        3: (1, ("Geschäftsstelle",), factories.CLOSES_ON),
        4: (2, ("Geschäftsstelle",), factories.CLOSES_ON),
    }
    assert {each.next_on for each in afterwards.values()} == {None}


def test_edition_is_answered_304_until_somebody_acts(client, world):
    first = client.get("/plan/musterplan/")
    known = {"headers": {"If-None-Match": first["ETag"]}}

    unchanged = client.get("/plan/musterplan/", **known)
    factories.make_plan("anderer")
    changed = client.get("/plan/musterplan/", **known)

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200


def test_edition_for_people_who_signed_in_is_always_made(secretary_client, world):
    assert "ETag" not in secretary_client.get("/plan/musterplan/")


def test_edition_in_another_language_is_another_page(client, world):
    german = client.get("/plan/musterplan/")
    english = client.get(
        "/plan/musterplan/",
        headers={"Accept-Language": "en", "If-None-Match": german["ETag"]},
    )

    assert english.status_code == 200


def test_edition_is_made_once_for_everybody_until_somebody_acts(client, world, statements):
    first = client.get("/plan/musterplan/").content
    again = statements(lambda: client.get("/plan/musterplan/"))
    same = client.get("/plan/musterplan/").content
    factories.make_plan("anderer")
    later = statements(lambda: client.get("/plan/musterplan/"))

    assert (again, same == first, later > again) == (2, True, True)


def test_edition_made_for_everybody_is_never_one_made_for_staff(client, secretary_client, world):
    pages = [each.get("/plan/musterplan/").content for each in (secretary_client, client) * 2]

    assert [b"/plan/musterplan/arbeitsfassung/" in page for page in pages] == [True, False] * 2


def test_rendered_text_is_kept_once_per_edition_and_language(client, world, statements):
    cold = statements(lambda: client.get("/plan/musterplan/"))
    warm = statements(lambda: client.get("/plan/musterplan/?neu"))

    assert (cold - warm, warm <= 6) == (3, True)


@pytest.mark.parametrize(
    "address", ["", "?herkunft=1", "herkunft.csv", "herkunft.txt", "herkunft-kapitel.xlsx"]
)
def test_edition_needs_as_many_statements_for_100_passages_as_for_10(client, statements, address):
    needed = []
    for paragraphs in (10, 100):
        plan = factories.make_plan(f"plan-{paragraphs}-lang")
        edition = factories.make_edition(plan, factories.long_text(paragraphs))
        factories.make_consultation(edition)
        caches["pages"].clear()
        url = f"/plan/{plan.slug}/fassung/1/{address}"
        needed.append(statements(lambda url=url: client.get(url)))

    assert needed[0] == needed[1] <= 8


def test_origins_are_listed_with_shares_and_marked_in_the_text(client, world):
    response = client.get("/plan/musterplan/?herkunft=1")

    shares = response.context["provenance"].shares
    assert [(share.origin.label, share.words) for share in shares] == [
        ("Kabinettsfassung", 36),
        ("Anliegen 1-001-01", 3),
    ]
    assert [
        (each.name, each.words, each.part) for each in response.context["provenance"].by_kind
    ] == [
        ("Fassung", 36, 92.3),
        ("Anliegen", 3, 7.7),
    ]
    assert re.search(
        r'<span class="ui-origin ui-origin--2"> und am Abend<sup><a href="/anliegen/1-001-01/"',
        response.content.decode(),
    )


def test_origins_as_table_are_the_whole_text(client, world):
    rows = rows_of(client.get("/plan/musterplan/fassung/2/herkunft.csv"))

    third = [row for row in rows if row["Textstelle"] == "t3"]
    assert "".join(row["Wortlaut"] for row in third) == (
        "Das Land fördert Sprachkurse am Vormittag und am Abend."
    )
    assert [row["Herkunft"] for row in third] == [
        "Kabinettsfassung",
        "Anliegen 1-001-01",
        "Kabinettsfassung",
    ]


def test_chapters_say_whom_their_words_go_back_to(client, world):
    organisation = world.points[0].submission.organisation_name

    rows = lines_of(client.get("/plan/musterplan/fassung/2/herkunft-kapitel.csv"))

    assert rows == [
        [
            "Kapitel",
            "von wem",
            "Art der Herkunft",
            "Wörter",
            "Wörter im Kapitel",
            "Anteil am Kapitel",
        ],
        ["vor dem ersten Kapitel", "Kabinettsfassung", "Fassung", "2", "2", "100 %"],
        ["Sprache und Bildung", "Kabinettsfassung", "Fassung", "34", "37", "91,9 %"],
        ["Sprache und Bildung", organisation, "Anliegen", "3", "37", "8,1 %"],
    ]


def test_origins_in_words_need_no_colours(client, world):
    organisation = world.points[0].submission.organisation_name

    text = client.get("/plan/musterplan/fassung/2/herkunft.txt").content.decode()

    assert text.split("\n\n")[2] == (
        "3: Das Land fördert Sprachkurse am Vormittag [Kabinettsfassung] "
        f"und am Abend [Anliegen 1-001-01, {organisation}] . [Kabinettsfassung]"
    )


@pytest.mark.parametrize("ending", ["md", "txt", "json"])
def test_edition_file_says_that_it_is_not_adopted(client, world, ending):
    draft = client.get(f"/plan/musterplan/fassung/1/text.{ending}")
    adopted = client.get(f"/plan/musterplan/fassung/2/text.{ending}")

    assert "nicht beschlossen" in draft.content.decode()
    assert "nicht beschlossen" not in adopted.content.decode()
    assert f"musterplan-fassung-1-nicht-beschlossen.{ending}" in draft["Content-Disposition"]
    assert f"musterplan-fassung-2.{ending}" in adopted["Content-Disposition"]


def test_edition_file_as_word_is_stamped_on_every_page_and_reads_back_the_same(client, world):
    data = client.get("/plan/musterplan/fassung/1/text.docx").content

    header = Document(io.BytesIO(data)).sections[0].header.paragraphs[0].text
    assert header == (
        "Integrationsplan Musterland – Kabinettsfassung (Fassung 1), Stand 2. März 2026 – "
        "nicht beschlossen"
    )
    assert docx.read(data) == state_of(world.consulted).document


def test_edition_file_as_markdown_reads_back_the_same(client, world):
    text = client.get("/plan/musterplan/fassung/1/text.md").content.decode()

    assert [(each.kind, each.text, each.fields) for each in markdown.read(text)] == [
        (each.kind, each.text, each.fields) for each in state_of(world.consulted).document
    ]


def test_edition_file_as_json_holds_every_passage_with_its_id(client, world):
    content = json.loads(client.get("/plan/musterplan/fassung/2/text.json").content)

    assert [each["id"] for each in content["passages"]] == ["t1", "t2", "t3", "t4", "t5", "t6"]
    assert content["sha256"] == world.adopted.content_hash


def test_edition_file_needs_as_many_statements_for_100_passages_as_for_10(client, statements):
    needed = set()
    for paragraphs in (10, 100):
        plan = factories.make_plan(f"datei-{paragraphs}")
        edition = factories.make_edition(plan, factories.long_text(paragraphs))
        factories.make_consultation(edition)
        for ending in ("md", "docx", "odt", "txt", "json"):
            url = f"/plan/{plan.slug}/fassung/1/text.{ending}"
            caches["pages"].clear()
            needed.add(statements(lambda url=url: client.get(url)))

    assert len(needed) == 1


def test_edition_of_another_kind_is_not_called_adopted(world):
    assert [edition.kind for edition in Edition.objects.order_by("number")] == [
        Edition.Kind.CABINET_VERSION,
        Edition.Kind.ADOPTED,
    ]


def test_edition_file_as_opendocument_reads_back_the_same(client, world):
    data = client.get("/plan/musterplan/fassung/1/text.odt").content

    assert odt.read(data) == state_of(world.consulted).document
