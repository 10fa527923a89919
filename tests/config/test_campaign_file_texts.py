"""Every fault of a file has its sentence, and however a file is damaged the answer is such a sentence."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.campaign_file import CampaignFileError, load_campaign
from config.rehearsal_file import load_rehearsal
from config.written import Code, Fault
from tests.needs import ROOT

CONFIG = ROOT / "config"
CAMPAIGN = CONFIG / "campaigns" / "lo-ku-2022.yaml"
REHEARSAL = CONFIG / "rehearsal" / "lo-ku-2022.yaml"


@pytest.mark.parametrize("code", get_args(Code))
def test_it_has_a_sentence_for_every_code(code: Code) -> None:
    error = CampaignFileError(Path("tep.yaml"), 7, Fault(("targets", 2, "goal"), code, "<chín>"))
    said = _sentence(code, error)
    assert "tep.yaml" in said
    assert "<chín>" not in said
    assert code == "not_readable" or "dòng 7, ô targets[3].goal" in said
    assert said.endswith((".", "9007.4"))


def _sentence(code: Code, error: CampaignFileError) -> str:
    texts = Environment(loader=FileSystemLoader(CONFIG / "texts" / "vi"), autoescape=True, undefined=StrictUndefined)
    macro = getattr(texts.get_template("campaign_file.j2").module, code)
    return str(macro(**error.values))


_places = st.floats(0, 1, exclude_max=True)
_junk = st.text(st.sampled_from("[]{}:,-?!&*#|>'\"% \n\t\x00abc019.ơ̆\ufeff\u2028"), max_size=4)


@pytest.mark.parametrize(
    ("file", "load"),
    [(CAMPAIGN, load_campaign), (REHEARSAL, partial(load_rehearsal, campaign=load_campaign(CAMPAIGN)))],
    ids=["campaign", "rehearsal"],
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=_places, gone=st.integers(0, 30), junk=_junk)
def test_it_answers_any_damage_with_a_sentence(
    tmp_path: Path, file: Path, load: Callable[[Path], object], place: float, gone: int, junk: str
) -> None:
    whole = file.read_text("utf-8")
    at = int(place * len(whole))
    damaged = tmp_path / file.name
    damaged.write_text(whole[:at] + junk + whole[at + gone :], "utf-8")
    error = _refusal(load, damaged)
    if error is not None:
        assert 1 <= error.line <= damaged.read_text("utf-8").count("\n") + 1
        assert file.name in _sentence(error.code, error)


def _refusal(load: Callable[[Path], object], file: Path) -> CampaignFileError | None:
    try:
        load(file)
    except CampaignFileError as error:
        return error
    return None
