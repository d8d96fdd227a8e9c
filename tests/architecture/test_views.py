"""Each page answers one question, and its view says which."""

import inspect

from django.urls import URLPattern, get_resolver


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


def own_views():
    views = {inspect.unwrap(entry.callback) for entry in patterns(get_resolver())}
    return sorted(
        (view for view in views if view.__module__.startswith("mitplan.")),
        key=lambda view: (view.__module__, view.__qualname__),
    )


def first_line(view):
    return (getattr(view, "view_class", view).__doc__ or "").strip().split("\n")[0]


def test_views_name_their_question_in_the_first_line():
    silent = [
        f"{view.__module__}.{view.__qualname__}: {first_line(view)!r}"
        for view in own_views()
        if not first_line(view).endswith("?")
    ]

    assert silent == []
