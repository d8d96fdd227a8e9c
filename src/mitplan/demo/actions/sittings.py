"""The sittings of the fictional conference."""

from datetime import date

from mitplan.conference.models import (
    AgendaItem,
    Appointment,
    Body,
    Paper,
    Resolution,
    Sitting,
    Term,
)
from mitplan.demo.actions.stage import CONFERENCE, Stage
from mitplan.demo.files import Row, content


def hold_sittings(stage: Stage) -> None:
    """Found the fictional conference and hold its sittings, with papers and resolutions."""
    body = Body.objects.create(
        name=CONFERENCE, kind=Body.Kind.CONFERENCE, begins="2024", is_demonstration=True
    )
    term = Term.objects.create(
        body=body, name="Demonstration", begins="2024", is_demonstration=True
    )
    Appointment.objects.bulk_create(
        Appointment(term=term, organisation=organisation, may_vote=True, is_demonstration=True)
        for organisation in stage.organisations.values()
    )
    sittings: dict[str, Sitting] = {}
    items: dict[tuple[str, str], AgendaItem] = {}
    for row in content("sittings.csv"):
        sitting = sittings.get(row["sitting"]) or _sitting(stage, body, row)
        sittings[row["sitting"]] = sitting
        items[row["sitting"], row["item"]] = _agenda_item(stage, sitting, row)
    for row in content("resolutions.csv"):
        item = items[row["sitting"], row["item"]]
        stage.resolutions[row["key"]] = _resolution(item, row)


def _sitting(stage: Stage, body: Body, row: Row) -> Sitting:
    return Sitting.objects.create(
        body=body,
        on=stage.moment(int(row["offset_days"])).date().isoformat(),
        kind=row["kind"],
        place=row["place"],
        subject=row["subject"],
        is_demonstration=True,
    )


def _agenda_item(stage: Stage, sitting: Sitting, row: Row) -> AgendaItem:
    item = AgendaItem.objects.create(
        sitting=sitting, number=int(row["item"]), title=row["item_title"], role=row["item_role"]
    )
    if row["paper"]:
        sent = int(row["offset_days"]) - int(row["paper_sent_days_before"])
        Paper.objects.create(
            agenda_item=item, title=row["paper"], sent_on=stage.moment(sent).date()
        )
    return item


def _resolution(item: AgendaItem, row: Row) -> Resolution:
    return Resolution.objects.create(
        agenda_item=item,
        title=row["title"],
        text=row["text"],
        decided_on=date.fromisoformat(item.sitting.on),
        votes_yes=int(row["votes_yes"]),
        votes_no=int(row["votes_no"]),
        abstentions=int(row["abstentions"]),
    )
