"""What a line chart shows, in the units of its drawing; the numbers stand beside it as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from mitplan.ui.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what is written there."""

    position: float
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """A measured value in the drawing; hollow ones are provisional."""

    x: float
    y: float
    label: str
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `path` holds the points of a polyline, "x,y x,y …"; kind is measured, path or target."""

    kind: str
    label: str
    path: str
    points: Sequence[Point] = ()


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over time inside a frame; `left` and `bottom` are where the axes stand."""

    title: str
    description: str
    width: int
    height: int
    left: float
    bottom: float
    lines: Sequence[Line]
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    identifier: str = "diagramm"

    @property
    def table(self) -> Table:
        """The numbers behind the lines."""
        return Table(self.title, self.columns, self.rows)
