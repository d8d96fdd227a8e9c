"""LibreOffice and pandoc as strangers who read what Mitplan writes."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

SETTLED = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8"}
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Mitplan"/>
</library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Mitplan"
 script:language="StarBasic">
Sub Work
  On Error GoTo Failed
{lines}
  StarDesktop.terminate()
  Exit Sub
Failed:
  StarDesktop.terminate()
End Sub
Sub Convert(sSource, sTarget, sCommand, sFilter)
  Dim aLoad(0) As New com.sun.star.beans.PropertyValue
  Dim aSave(0) As New com.sun.star.beans.PropertyValue
  aLoad(0).Name = "Hidden"
  aLoad(0).Value = True
  oDoc = StarDesktop.loadComponentFromURL(ConvertToURL(sSource), "_blank", 0, aLoad())
  If sCommand &lt;&gt; "" Then
    oHelper = createUnoService("com.sun.star.frame.DispatchHelper")
    oHelper.executeDispatch(oDoc.CurrentController.Frame, sCommand, "", 0, Array())
  End If
  aSave(0).Name = "FilterName"
  aSave(0).Value = sFilter
  oDoc.storeToURL(ConvertToURL(sTarget), aSave())
  oDoc.close(True)
End Sub
</script:module>
"""


def program(name: str) -> str:
    """Return where a program is; tests that need it are skipped where it is missing."""
    found = shutil.which(name)
    if found is None:
        sentence = f"The program «{name}» is missing; it proves that strangers read our Word files."
        if os.environ.get("MITPLAN_REQUIRE_OFFICE") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


def through_libreoffice(folder: Path, files: Mapping[str, bytes], *, kept: tuple[str, ...]) -> None:
    """Let LibreOffice accept and reject the changes of all files, and save some as they are.

    The results stand in the folder as NAME-accept.docx, NAME-reject.docx, NAME-kept.docx, NAME-kept.odt.
    It starts once, because starting takes longer than the work.
    """
    office = [
        program("soffice"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
    ]
    subprocess.run(
        [*office, "--terminate_after_init"], check=True, capture_output=True, timeout=120
    )
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    basic = folder / "profile/user/basic/Standard"
    (basic / "script.xlb").write_text(_LIBRARY, "utf-8")
    lines = "\n".join(_lines(folder, files, kept))
    (basic / "Mitplan.xba").write_text(_MODULE.format(lines=lines), "utf-8")
    subprocess.run(
        [*office, "macro:///Standard.Mitplan.Work"], check=True, capture_output=True, timeout=300
    )


def _lines(folder: Path, files: Mapping[str, bytes], kept: tuple[str, ...]) -> Iterator[str]:
    for name in files:
        for how, command in SETTLED.items():
            yield _line(folder, name, f"{name}-{how}.docx", command)
    for name in kept:
        for ending in FILTERS:
            yield _line(folder, name, f"{name}-kept.{ending}", "")


def _line(folder: Path, source: str, target: str, command: str) -> str:
    words = (
        folder / f"{source}.docx",
        folder / target,
        command,
        FILTERS[target.rpartition(".")[2]],
    )
    quoted = ", ".join(f'"{word}"' for word in words)
    return f"  Convert({quoted})"


def read_by_pandoc(data: bytes, revisions: str) -> str:
    """Return the words pandoc reads in a file, in order."""
    done = subprocess.run(
        [program("pandoc"), "--from=docx", "--to=json", f"--track-changes={revisions}"],
        input=data,
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    return " ".join(_words(json.loads(done.stdout)["blocks"]))


def _words(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        content = node.get("c")
        match node.get("t"):
            case "Str":
                yield str(content)
            case "Code" | "CodeBlock":
                yield from content[1].split()
            case _:
                yield from _words(content)
