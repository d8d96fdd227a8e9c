"""One way to answer every form of the conference."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mitplan.accounts.models import User
from mitplan.conference.forms.editing import hand_back


class SignedInRequest(HttpRequest):
    """A request of somebody who signed in; the gate before the view has seen to it."""

    user: User


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around a form: its title, what it is about, its button, and what is said when done."""

    title: str
    about: str
    back: str
    button: str
    done: str


def answer(
    request: HttpRequest, form: forms.BaseForm, sheet: Sheet, act: Callable[..., Any]
) -> HttpResponse:
    """Show a form; when it is sent, act once and go where the thing stands, or say what to mend."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                thing = act(**form.cleaned_data)
            except ValidationError as problem:
                hand_back(form, problem)
            else:
                messages.success(request, sheet.done)
                return redirect(thing)
        status = 422
    return render(request, "conference/form.html", {"form": form, "sheet": sheet}, status=status)
