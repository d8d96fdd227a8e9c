"""What stands between the server and the pages."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from mitplan.ui.files import FileAsked, answer


class TablesAsFiles:
    """Answers with a table of a page where the address asks for it, so that no page has to think of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Turn the table that was asked for into the answer."""
        return answer(request, exception) if isinstance(exception, FileAsked) else None
