from mitplan.ui.vendor_kern import cut


def test_cut_keeps_known_parts_only():
    css = ".kern-btn { color: red; }\n.kern-dialog, .kern-btn--primary { top: 1px; }\n.kern-dialog { top: 2px; }"

    assert cut(css, "") == ".kern-btn {\n  color: red;\n}\n.kern-btn--primary {\n  top: 1px;\n}\n"


def test_cut_keeps_rules_for_devices_that_still_say_something():
    css = "@media print {\n.kern-btn { color: red; }\n.kern-tabs { top: 0; }\n}\n@media screen { .kern-tabs { top: 0; } }"

    assert cut(css, "") == "@media print {\n.kern-btn {\n  color: red;\n}\n}\n"


def test_cut_turns_sides_into_directions_of_writing():
    css = (
        ".kern-btn { margin-left: 1px; left: 2px; border-right: 3px; text-align: right; }".replace(
            "; ", ";\n"
        )
    )

    assert cut(css, "").splitlines()[1:-1] == [
        "  margin-inline-start: 1px;",
        "  inset-inline-start: 2px;",
        "  border-inline-end: 3px;",
        "  text-align: end;",
    ]


def test_cut_drops_properties_that_only_dropped_ones_read():
    css = ":root {\n--a: 1px;\n--b: var(--a);\n--c: 2px;\n--d: 3px;\n}\n.kern-btn {\ntop: var(--c);\n}"

    assert (
        cut(css, "var(--d)")
        == ":root {\n  --c: 2px;\n  --d: 3px;\n}\n.kern-btn {\n  top: var(--c);\n}\n"
    )
