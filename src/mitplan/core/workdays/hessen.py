"""Days off in Hessen, from the package `holidays`."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import holidays


def days_off(years: int | Iterable[int], category: str = "public") -> dict[date, str]:
    """Return the days off of some years by their German names; the category may be `school`."""
    found = _germany().Germany(subdiv="HE", years=years, categories=(category,), language="de")
    return dict(found)


@cache
def _germany() -> Any:  # noqa: ANN401 – a module without types
    """Return the module of one country; asked for by its package, it would bring all others along.

    They take 10 MB in every process.
    """
    path = f"{holidays.__path__[0]}/countries/germany.py"
    spec = spec_from_file_location("holidays_of_germany", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
