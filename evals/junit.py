"""Results as JUnit XML, so that a build server shows each lost emergency as a failed test."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from evals.result import Result
from evals.suites import Suite


def junit(measured: Sequence[tuple[Suite, Sequence[Result]]], *, reveal: bool = False) -> str:
    """Return the XML: wrong levels are failures, missing answers are errors; unseen cases show no text."""
    root = ElementTree.Element("testsuites")
    for suite, results in measured:
        wrong = [item for item in results if not item.right]
        failed = [item for item in wrong if item.advised is None]
        node = ElementTree.SubElement(
            root,
            "testsuite",
            name=suite.name,
            tests=str(len(results)),
            failures=str(len(wrong) - len(failed)),
            errors=str(len(failed)),
        )
        for item in results:
            case = ElementTree.SubElement(node, "testcase", classname=suite.name, name=item.vignette.id)
            if item.right:
                continue
            if item.advised is None:
                ElementTree.SubElement(case, "error", message=item.failure or "no answer")
                continue
            advised = item.advised.name.lower()
            told = ElementTree.SubElement(
                case, "failure", message=f"reference {item.vignette.group}, advised {advised}"
            )
            if reveal or not suite.unseen:
                told.text = "\n".join((*item.vignette.turns, *item.evidence))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)
