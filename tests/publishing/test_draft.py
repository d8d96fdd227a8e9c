"""The draft: changes with their origins, conflicts and their settlement, edits, freezing."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mitplan.conference.models import Mandate
from mitplan.core.text import amendments as core
from mitplan.core.text.passages import Kind
from mitplan.core.text.passages import Passage as PassageValue
from mitplan.participation import actions as participation
from mitplan.participation.models import Outcome, Point
from mitplan.plan import actions as plan_actions
from mitplan.plan.models import Acceptance, Edition, Origin, Settlement
from mitplan.plan.queries import draft_of, state_of
from mitplan.publishing.queries import drafts
from tests import factories
from tests.publishing.test_reader import text_of
from tests.reading import lines_of

pytestmark = pytest.mark.django_db

PAGE = "/plan/musterplan/arbeitsfassung/"


def contradicting(consultation, text):
    """Another organisation's point, taken up, that rewords the same passage in another way."""
    seat = factories.make_seat()
    submission = participation.begin_submission(
        consultation=consultation, seat=seat, at=factories.WHILE_OPEN
    )
    values = factories.amendment_values(consultation.edition)
    participation.save_point(
        submission=submission,
        values=participation.PointValues(
            kind=values.kind,
            text="Anders.",
            passage=values.passage,
            proposal=values.proposal,
            proposed_text=text,
        ),
        seat=seat,
        at=factories.WHILE_OPEN,
    )
    participation.hand_in(submission=submission, seat=seat, at=factories.WHILE_OPEN)
    return factories.taken_up(submission.points.get())


@pytest.fixture
def conflict(consulted):
    """Two organisations want the same place changed in different ways."""
    contradicting(consulted, "Das Land fördert Sprachkurse am Vormittag und online.")
    return draft_of(consulted.edition.plan).consolidation.open[0].key


def settle(client, key, **data):
    return client.post(f"{PAGE}konflikt/{key}/", data)


def shown(client, key):
    return client.get(f"{PAGE}konflikt/{key}/").context["conflict"]


def test_draft_shows_changed_passages_with_their_origin(secretary_client, consulted):
    response = secretary_client.get(PAGE)

    assert [
        (row.key, [origin.label for origin in row.origins])
        for row in response.context["page"]
        if row.is_changed
    ] == [("t3", ["Anliegen 1-001-01"])]
    assert "eingefügt: und am Abend" in text_of(response)


def test_draft_of_a_plan_without_text_says_how_to_begin(secretary_client, db):
    factories.make_plan("leer")

    page = text_of(secretary_client.get("/plan/leer/arbeitsfassung/"))

    assert "Der Plan hat noch keinen Text." in page


def test_draft_is_there_for_staff_departments_and_chairs_only(client, consulted):
    people = [
        factories.make_secretary(),
        factories.make_department_contact(),
        factories.make_mandate(Mandate.Kind.CHAIR, body=factories.make_body()).user,
        factories.make_member(),
        factories.make_user(),
    ]

    answers = []
    for person in people:
        client.force_login(person)
        answers.append(client.get(PAGE).status_code)

    assert answers == [200, 200, 200, 403, 403]
    assert Client().get(PAGE).status_code == 302


def test_draft_offers_editing_only_to_the_secretariat(client, secretary_client, consulted):
    client.force_login(factories.make_department_contact())

    assert "Bearbeiten" not in text_of(client.get(PAGE))
    assert "Bearbeiten" in text_of(secretary_client.get(PAGE))


def test_conflict_shows_the_base_and_each_proposal(secretary_client, conflict):
    response = secretary_client.get(PAGE)

    [found] = response.context["view"].open
    assert found.base == ("Das Land fördert Sprachkurse am Vormittag.",)
    assert [
        ([origin.label for origin in each.origins], each.passages[0].new)
        for each in found.proposals
    ] == [
        (["Anliegen 1-001-01"], "Das Land fördert Sprachkurse am Vormittag und am Abend."),
        (["Anliegen 1-002-01"], "Das Land fördert Sprachkurse am Vormittag und online."),
    ]
    assert f'id="k-{conflict}"' in response.content.decode()


def test_conflict_of_two_insertions_offers_choices_and_orders(secretary_client, conflict):
    options = shown(secretary_client, conflict).options

    assert [words for _value, words in options] == [
        "bisherigen Wortlaut behalten",
        "Vorschlag 1 wählen",
        "Vorschlag 2 wählen",
        "alle aufnehmen, in der Reihenfolge 1, 2",
        "alle aufnehmen, in der Reihenfolge 2, 1",
        "eigenen Wortlaut schreiben",
    ]


def wording(plan):
    document = draft_of(plan).consolidation.document
    return next(each.text for each in document if each.id == "t3")


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (0, "Das Land fördert Sprachkurse am Vormittag."),
        (1, "Das Land fördert Sprachkurse am Vormittag und am Abend."),
        (2, "Das Land fördert Sprachkurse am Vormittag und online."),
        (3, "Das Land fördert Sprachkurse am Vormittag und am Abend und online."),
        (4, "Das Land fördert Sprachkurse am Vormittag und online und am Abend."),
        (5, "Das Land fördert Sprachkurse am Vormittag, am Abend und online."),
    ],
)
def test_settle_writes_what_was_chosen(secretary_client, consulted, conflict, option, expected):
    options = shown(secretary_client, conflict).options

    response = settle(
        secretary_client,
        conflict,
        option=options[option][0],
        text=expected if option == 5 else "",
        reason="Beides ist gewollt.",
    )

    assert response.status_code == 302
    assert wording(consulted.edition.plan) == expected
    assert "Beides ist gewollt." in text_of(secretary_client.get(PAGE))


def test_settle_leads_to_the_next_open_conflict(secretary_client, consulted, conflict):
    for words in ("Die Kommunen beraten Familien am Ort.", "Die Kommunen beraten Familien."):
        edit(secretary_client, 4, text=words)
    second = draft_of(consulted.edition.plan).consolidation.open[1].key

    first_answer = settle(secretary_client, conflict, option="keep_base", reason="Grund")
    last_answer = settle(secretary_client, second, option="keep_base", reason="Grund")

    assert first_answer.url == f"{PAGE}konflikt/{second}/"
    assert last_answer.url == PAGE


def test_conflict_page_is_read_by_departments_and_settled_by_the_secretariat(client, conflict):
    client.force_login(factories.make_department_contact())

    page = client.get(f"{PAGE}konflikt/{conflict}/")
    answer = settle(client, conflict, option="keep_base", reason="Grund")

    assert (page.status_code, "Lösung speichern" in text_of(page)) == (200, False)
    assert (answer.status_code, Settlement.objects.count()) == (403, 0)


def test_draft_says_how_many_changes_a_person_has_to_decide(secretary_client, conflict):
    edit(secretary_client, 4, text="Die Kommunen beraten Familien.")
    settle(secretary_client, conflict, option="keep_base", reason="Grund")

    assert secretary_client.get(PAGE).context["view"].facts == [
        ("angenommene Änderungsvorschläge", 3),
        ("ohne Entscheidung von Hand eingearbeitet", 1),
        ("Entscheidungen von Hand", "1, davon 1 getroffen und 0 offen"),
        ("Entscheidungen je 100 Änderungsvorschläge", "33,3"),
    ]


def test_draft_names_who_agreed(secretary_client, consulted):
    contradicting(consulted, "Das Land fördert Sprachkurse am Vormittag und am Abend.")

    view = drafts.draft_view(consulted.edition.plan)

    assert [
        (each.passage, [(origin.label, origin.who) for origin in each.origins])
        for each in view.agreed
    ] == [
        (
            "t3",
            [
                ("Anliegen 1-001-01", submitter(consulted, 1)),
                ("Anliegen 1-002-01", submitter(consulted, 2)),
            ],
        )
    ]


def submitter(consultation, number):
    return consultation.submissions.get(
        number=f"{consultation.number}-{number:03}"
    ).organisation_name


def test_draft_shows_what_should_be_read_once_more(secretary_client, consulted):
    for words in ("Die Gemeinden beraten Familien vor Ort.", "Die Kommunen beraten alle vor Ort."):
        edit(secretary_client, 4, text=words)

    [warned] = drafts.draft_view(consulted.edition.plan).warned

    assert (warned.passage.new, warned.sentence) == (
        "Die Gemeinden beraten alle vor Ort.",
        "Mehrere Änderungen im selben Satz: bitte lesen.",
    )
    assert "Bitte noch einmal lesen" in text_of(secretary_client.get(PAGE))


def test_settlement_says_in_words_what_was_chosen(secretary_client, conflict):
    verdicts = []
    for value, _words in shown(secretary_client, conflict).options:
        text = "Das Land fördert Sprachkurse am Vormittag immer." if value == "custom" else ""
        settle(secretary_client, conflict, option=value, text=text, reason="Grund")
        verdicts.append(shown(secretary_client, conflict).verdict)

    assert verdicts == [
        "bisheriger Wortlaut behalten",
        "gewählt: Vorschlag 1",
        "gewählt: Vorschlag 2",
        "alle aufgenommen, in der Reihenfolge 1, 2",
        "alle aufgenommen, in der Reihenfolge 2, 1",
        "eigener Wortlaut",
    ]


@pytest.fixture
def adopted(secretary_client, consulted, conflict):
    """The conflict is settled in own words, and the draft has become a public edition."""
    text = "Das Land fördert Sprachkurse am Vormittag immer."
    settle(secretary_client, conflict, option="custom", text=text, reason="Kürzer.")
    by, at = factories.make_secretary(), factories.AFTER_CLOSING
    participation.publish_results(consultation=consulted, by=by, at=at)
    edition = plan_actions.freeze_draft(
        plan=consulted.edition.plan,
        kind=Edition.Kind.ADOPTED,
        title="Beschluss",
        dated_on=at.date(),
        by=by,
        at=at,
    )
    return plan_actions.release_edition(edition=edition, by=by, at=at)


def test_settlements_are_on_record_with_the_edition_they_led_to(client, adopted, conflict):
    response = client.get("/plan/musterplan/fassung/2/konflikte/")

    [found] = response.context["settled"]
    assert (found.key, found.verdict, found.written, found.settlement.reason) == (
        conflict,
        "eigener Wortlaut",
        "Das Land fördert Sprachkurse am Vormittag immer.",
        "Kürzer.",
    )
    assert 'href="/plan/musterplan/fassung/2/konflikte/"' in (
        client.get("/plan/musterplan/fassung/2/").content.decode()
    )


def test_settlements_as_csv_name_all_sides(client, consulted, adopted):
    [_header, line] = lines_of(client.get("/plan/musterplan/fassung/2/konflikte/?format=csv"))

    assert line == [
        "3",
        "Das Land fördert Sprachkurse am Vormittag.",
        "eigener Wortlaut",
        "Das Land fördert Sprachkurse am Vormittag immer.",
        "Kürzer.",
        f"{Settlement.objects.get().settled_at:%d.%m.%Y}",
        "; ".join(f"Anliegen 1-00{n}-01, {submitter(consulted, n)}" for n in (1, 2)),
    ]


def test_settlements_of_an_edition_without_any_says_so(client, world):
    page = text_of(client.get("/plan/musterplan/fassung/2/konflikte/"))

    assert "war kein Widerspruch zu lösen" in page


def test_point_page_tells_how_its_contradiction_was_settled(client, consulted, adopted, conflict):
    pages = [text_of(client.get(f"/anliegen/{number}/")) for number in ("1-001-01", "1-001-02")]

    sentence = "Gelöst wurde so: eigenen Wortlaut schreiben – Kürzer."
    assert [sentence in page for page in pages] == [True, False]


def test_settle_again_replaces_the_settlement(secretary_client, consulted, conflict):
    always = "Das Land fördert Sprachkurse am Vormittag immer."

    for option in ("keep_base", "custom"):
        settle(secretary_client, conflict, option=option, text=always, reason="Grund")

    assert Settlement.objects.count() == 2
    assert wording(consulted.edition.plan) == always


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"option": "keep_base", "reason": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"option": "custom", "reason": "Grund"}, "Bitte den eigenen Wortlaut schreiben."),
        (
            {"option": "custom", "text": "Ganz anders.", "reason": "Grund"},
            "Bitte nur die strittige Stelle ändern.",
        ),
        ({"option": "choose:999", "reason": "Grund"}, "Bitte eine gültige Auswahl treffen."),
    ],
)
def test_settle_wrongly_is_refused_and_nothing_is_saved(secretary_client, conflict, data, sentence):
    response = settle(secretary_client, conflict, **data)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Settlement.objects.count() == 0


def test_settle_a_conflict_that_is_gone_leads_back(secretary_client, consulted):
    response = settle(secretary_client, "0" * 64, option="keep_base", reason="Grund")

    assert (response.status_code, response.url) == (302, PAGE)


def edit(client, number, **data):
    values = {"proposal": "reword", "kind": "editorial", "reason": "Klarer", "base": 1} | data
    return client.post(f"{PAGE}textstelle/{number}/", values)


def test_edit_for_a_department_changes_the_draft_with_its_reason(secretary_client, consulted):
    department = factories.make_department(name="Musterressort Soziales")

    response = edit(
        secretary_client,
        4,
        text="Die Kommunen beraten Familien.",
        kind="department",
        department=department.pk,
        reason="Vor Ort ist selbstverständlich.",
    )

    assert response.status_code == 302
    [row] = [each for each in secretary_client.get(PAGE).context["page"] if each.key == "t4"]
    assert row.new == "Die Kommunen beraten Familien."
    assert [(origin.kind, origin.label, origin.reason) for origin in row.origins] == [
        ("department", "Musterressort Soziales", "Vor Ort ist selbstverständlich.")
    ]


def test_edit_for_a_resolution_leads_to_its_sitting(secretary_client, consulted):
    resolution = factories.make_resolution()

    edit(
        secretary_client,
        4,
        text="Die Kommunen beraten alle.",
        kind="resolution",
        resolution=resolution.pk,
        reason="",
    )

    origin = Origin.objects.get(kind=Origin.Kind.RESOLUTION)
    assert (origin.label, origin.resolution) == ("Beschluss", resolution)


def test_edit_can_insert_and_delete(secretary_client, consulted):
    edit(secretary_client, 4, proposal="insert_after", text="Neuer Absatz.")
    edit(secretary_client, 6, proposal="delete", text="fällt weg")

    document = draft_of(consulted.edition.plan).consolidation.document
    assert [each.text for each in document][3:] == [
        "Die Kommunen beraten Familien vor Ort.",
        "Neuer Absatz.",
        "Bis 2030 nehmen 60 Prozent der Kinder an Sprachförderung teil.",
    ]


def test_edit_of_a_goal_sets_its_values(secretary_client, consulted):
    page = secretary_client.get(f"{PAGE}textstelle/5/")
    fields = page.context["form"].initial["fields_text"].replace("Zielwert: 60", "Zielwert: 55")

    edit(secretary_client, 5, text=page.context["text"], fields_text=fields)

    goal = next(
        each for each in draft_of(consulted.edition.plan).consolidation.document if each.id == "t5"
    )
    assert dict(goal.fields)["Zielwert"] == "55"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": "Die Kommunen beraten Familien vor Ort."}, "Der Wortlaut ist unverändert."),
        ({"text": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"text": "Neu.", "kind": "department"}, "Bitte das Ressort nennen."),
        ({"text": "Neu.", "kind": "resolution"}, "Bitte den Beschluss nennen."),
        ({"text": "Neu.", "reason": ""}, "Bitte die Änderung öffentlich begründen."),
    ],
)
def test_edit_that_says_too_little_is_refused(secretary_client, consulted, data, sentence):
    before = Acceptance.objects.count()

    response = edit(secretary_client, 4, **data)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Acceptance.objects.count() == before


def test_edit_of_values_without_colon_is_refused(secretary_client, consulted):
    response = edit(secretary_client, 5, text="Ziel.", fields_text="Zielwert 60")

    assert "In der Zeile «Zielwert 60» fehlt der Doppelpunkt" in text_of(response)


def test_edit_on_an_edition_that_was_followed_is_refused(secretary_client, consulted):
    plan_actions.freeze_draft(
        plan=consulted.edition.plan,
        kind=Edition.Kind.REPORT,
        title="Bericht",
        dated_on=factories.CLOSES_ON,
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )

    response = edit(secretary_client, 4, text="Neu.", base=1)

    assert "Fassung 1 ist abgeschlossen." in text_of(response)


def test_take_back_removes_an_edit_and_leaves_points(secretary_client, consulted):
    edit(secretary_client, 4, text="Die Kommunen beraten.")
    edited = Origin.objects.get(kind=Origin.Kind.EDITORIAL)
    point = Origin.objects.get(kind=Origin.Kind.POINT)

    for origin in (edited, point):
        secretary_client.post(f"{PAGE}zuruecknehmen/{origin.pk}/")

    assert list(Acceptance.objects.standing().values_list("origin", flat=True)) == [point.pk]


def test_freeze_makes_the_next_edition_with_the_drafts_text(secretary_client, consulted):
    response = secretary_client.post(
        f"{PAGE}fassung/",
        {"kind": "consultation_text", "title": "Zweite Beteiligung", "dated_on": "2026-05-12"},
    )

    edition = Edition.objects.get(number=2)
    assert (response.status_code, response.url) == (302, "/plan/musterplan/fassung/2/")
    assert (edition.kind, edition.released_at) == (Edition.Kind.CONSULTATION_TEXT, None)
    assert edition.entries.get(position=2).wording.text.endswith("und am Abend.")


REPORT = {"kind": "report", "title": "Bericht", "dated_on": "2026-05-12"}


def test_freeze_with_an_open_conflict_says_what_stays_outside(
    secretary_client, consulted, conflict
):
    edit(secretary_client, 4, text="Die Kommunen beraten Familien.")

    page = secretary_client.get(f"{PAGE}fassung/")
    answer = secretary_client.post(f"{PAGE}fassung/", REPORT, follow=True)

    assert [
        ([origin.label for origin in each.origins], [row.number for row in each.passages])
        for each in page.context["outside"]
    ] == [(["Anliegen 1-001-01"], ["3"]), (["Anliegen 1-002-01"], ["3"])]
    assert "Was noch nicht in die Fassung kommt" in text_of(page)
    assert "2 strittige Änderungen sind nicht darin" in text_of(answer)
    edition = Edition.objects.get(number=2)
    texts = dict(edition.entries.values_list("passage__number", "wording__text"))
    assert texts[3] == "Das Land fördert Sprachkurse am Vormittag."
    assert texts[4] == "Die Kommunen beraten Familien."
    assert len(draft_of(edition.plan).consolidation.open) == 1


def test_what_stayed_open_is_on_record_with_the_edition(secretary_client, client, conflict):
    edit(secretary_client, 4, text="Die Kommunen beraten Familien.")
    secretary_client.post(f"{PAGE}fassung/", REPORT)
    plan_actions.release_edition(
        edition=Edition.objects.get(number=2),
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )

    response = client.get("/plan/musterplan/fassung/2/konflikte/")

    assert [each.key for each in response.context["open"]] == [conflict]
    assert "Was offen blieb" in text_of(response)
    assert 'href="/plan/musterplan/fassung/2/konflikte/"' in (
        client.get("/plan/musterplan/fassung/2/").content.decode()
    )
    assert [
        line[2] for line in lines_of(client.get("/plan/musterplan/fassung/2/konflikte/?format=csv"))
    ] == ["Lösung", "offen geblieben"]


def test_decision_about_words_that_wait_can_still_be_changed(secretary_client, consulted, conflict):
    secretary_client.post(f"{PAGE}fassung/", REPORT)
    point = Point.objects.get(number="1-001-01")

    factories.declined(point)

    draft = draft_of(consulted.edition.plan)
    assert draft.consolidation.open == ()
    assert wording(consulted.edition.plan).endswith("am Vormittag und online.")


def test_decision_about_words_of_an_edition_stays(secretary_client, consulted):
    secretary_client.post(f"{PAGE}fassung/", REPORT)

    with pytest.raises(ValidationError, match="schon in eine Fassung eingegangen"):
        factories.declined(Point.objects.get(number="1-001-01"))


def test_freeze_does_not_offer_to_adopt(secretary_client, consulted):
    form = secretary_client.get(f"{PAGE}fassung/").context["form"]

    assert Edition.Kind.ADOPTED not in dict(form.fields["kind"].choices)


@pytest.fixture
def wide_conflict(consulted):
    """One conflict about two places: whoever takes away a footnote's anchor, and whoever rewords the footnote."""
    plan = factories.make_plan("fussnote")
    edition = factories.make_edition(
        plan,
        (
            PassageValue("", Kind.PARAGRAPH, "Das Land fördert Kurse.[^1] Sie sind frei."),
            PassageValue("", Kind.FOOTNOTE, "Quelle: Land.", label="1"),
        ),
    )
    text, note = state_of(edition).document
    for value, words in ((text, "Das Land fördert Kurse. Sie sind frei."), (note, "Quelle: Bund.")):
        plan_actions.edit_draft(
            base=edition,
            operations=core.rewording(value, words),
            origin=Origin.objects.create(
                plan=plan,
                kind=Origin.Kind.EDITORIAL,
                label="Redaktion",
                reason="Kürzer",
                began_at=factories.LONG_AGO,
            ),
            by=factories.make_secretary(),
            at=factories.LONG_AGO,
        )
    return draft_of(plan).consolidation.open[0].key


def settle_wide(client, key, *texts):
    data = {"option": "custom", "reason": "Beides.", "text-t1": texts[0], "text-t2": texts[1]}
    return client.post(f"/plan/fussnote/arbeitsfassung/konflikt/{key}/", data)


def test_settle_in_own_words_has_a_field_for_each_contested_place(secretary_client, wide_conflict):
    page = secretary_client.get(f"/plan/fussnote/arbeitsfassung/konflikt/{wide_conflict}/")

    assert [
        (field.name, field.label, field.initial)
        for field in page.context["form"]
        if field.name.startswith("text")
    ] == [
        ("text-t1", "Eigener Wortlaut: Textstelle 1", "Das Land fördert Kurse.[^1] Sie sind frei."),
        ("text-t2", "Eigener Wortlaut: Textstelle 2", "Quelle: Land."),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("Das Land fördert Kurse. Mehr dort.[^1] Sie sind frei.", "Quelle: Land und Bund."),
        ("Das Land fördert Kurse.[^1] Sie sind frei.", "Quelle: Land und Bund."),
    ],
)
def test_settle_in_own_words_writes_every_place_and_nothing_else(
    secretary_client, wide_conflict, texts
):
    answer = settle_wide(secretary_client, wide_conflict, *texts)

    draft = draft_of(Settlement.objects.get().base.plan)
    assert answer.status_code == 302
    assert [passage.text for passage in draft.consolidation.document] == list(texts)
    [settled] = drafts.draft_view(draft.base.plan).settled
    changed = [text for text in texts if text != "Das Land fördert Kurse.[^1] Sie sind frei."]
    assert settled.written == " / ".join(changed)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (
            ("Das Land fördert Kurse.[^1] Sie sind frei.", " "),
            "Textstelle 2: Bitte den eigenen Wortlaut schreiben.",
        ),
        (
            ("Das Land zahlt Kurse.[^1] Sie sind frei.", "Quelle: Land."),
            "Textstelle 1: Bitte nur die strittige Stelle ändern.",
        ),
        (
            ("Das Land fördert Kurse.[^1] Sie sind frei.", "Quelle: Land."),
            "Bitte den eigenen Wortlaut schreiben.",
        ),
    ],
)
def test_settle_in_wrong_own_words_names_the_place(
    secretary_client, wide_conflict, texts, sentence
):
    answer = settle_wide(secretary_client, wide_conflict, *texts)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Settlement.objects.count() == 0


def test_draft_needs_as_many_statements_for_100_changes_as_for_10(secretary_client, statements):
    needed = []
    by = factories.make_secretary()
    for number in (10, 100):
        edition = factories.make_edition(
            factories.make_plan(f"lang-{number}"), factories.long_text(100)
        )
        for passage in edition.plan.passages.filter(number__gt=6, number__lte=6 + number):
            plan_actions.edit_draft(
                base=edition,
                operations=[core.DeletePassage(passage.key)],
                origin=Origin.objects.create(
                    plan=edition.plan,
                    kind=Origin.Kind.EDITORIAL,
                    label="Redaktion",
                    reason="Kürzer",
                    began_at=factories.LONG_AGO,
                ),
                by=by,
                at=factories.LONG_AGO,
            )
        url = f"/plan/lang-{number}/arbeitsfassung/?nur=alles"
        needed.append(statements(lambda url=url: secretary_client.get(url)))

    assert needed[0] == needed[1]


def test_proposals_that_ask_for_the_same_are_one(secretary_client, consulted, conflict):
    contradicting(consulted, "Das Land fördert Sprachkurse am Vormittag und online.")

    [conflict] = drafts.draft_view(consulted.edition.plan).open

    assert [len(each.amendments) for each in conflict.proposals] == [1, 2]


def test_outcomes_that_take_nothing_up_leave_the_draft_as_it_was(consulted):
    point = factories.make_submission(
        consulted, organisation=factories.make_organisation()
    ).points.get()

    participation.decide(
        point=factories.taken_up(point),
        values=participation.DecisionValues(
            outcome=Outcome.NOTED, reason_code="other", sentence="Zur Kenntnis."
        ),
        by=factories.make_secretary(),
        at=factories.AFTER_CLOSING,
    )

    assert draft_of(consulted.edition.plan).consolidation.open == ()
