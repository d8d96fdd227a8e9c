"""Writes of publishing, one function per step a person takes."""

from mitplan.publishing.actions.adoption import adopt
from mitplan.publishing.actions.drafting import EditValues, edit_passage

__all__ = ["EditValues", "adopt", "edit_passage"]
