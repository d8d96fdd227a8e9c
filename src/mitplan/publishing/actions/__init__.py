"""Writes of publishing, one function per step a person takes."""

from mitplan.publishing.actions.adoption import adopt
from mitplan.publishing.actions.drafting import EditValues, edit_passage
from mitplan.publishing.actions.importing import ImportValues, import_text, preview_text
from mitplan.publishing.actions.searching import ask_for_rebuild, rebuild_search

__all__ = [
    "EditValues",
    "ImportValues",
    "adopt",
    "ask_for_rebuild",
    "edit_passage",
    "import_text",
    "preview_text",
    "rebuild_search",
]
