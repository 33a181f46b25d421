"""The published schemas and the README say what the code does."""

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.cite_check import CiteReport
from assistant.config import PROJECT
from assistant.law.citation import Citation
from assistant.precheck.models import Report
from assistant.qa.models import Answer
from assistant.records.models import Record
from assistant.versions.models import PackDiff
from assistant.versions.verdict_changes import DraftChanges


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("answer", Answer),
        ("citation", Citation),
        ("precheck", Report),
        ("record", Record),
        ("cite-check", CiteReport),
        ("pack-diff", PackDiff),
        ("precheck-changes", DraftChanges),
    ],
)
def test_the_published_schema_is_the_models_own(name: str, model: type[BaseModel]) -> None:
    published = json.loads((PROJECT / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    assert published == model.model_json_schema(), f"write the schema of {model.__name__} to {name}.json again"


def test_readme_shows_the_two_commands_first_and_links_only_to_files_that_exist() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert readme.index("make run") < readme.index("make test") < readme.index("](docs/screenshot.png)")
    for target in re.findall(r"\]\(((?!http)[^)#]+)", readme):
        assert (PROJECT / target).exists(), target


def test_every_make_target_in_the_readme_exists() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z]+)`", (PROJECT / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_setting_is_documented() -> None:
    from assistant.config import Settings

    text = "".join(p.read_text(encoding="utf-8") for p in Path(PROJECT / "docs").glob("*.md"))
    for field in Settings.model_fields:
        assert f"MIC_{field.upper()}" in text, field
