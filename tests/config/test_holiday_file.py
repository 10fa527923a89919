"""A wrong table of holidays is refused by line and field."""

from pathlib import Path

import pytest

from config.holiday_file import HOLIDAYS, CampaignFileError, load_holidays

TEXT = HOLIDAYS.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("month: 4, day: 30", "month: 4, day: 31", "not_a_date", "every_year[2].day"),
        ("year: 2028, tet: 2028-01-26", "year: 2028, tet: 2027-01-26", "not_a_date", "years[3].tet"),
        ("gio_to: 2029-04-23", "gio_to: 23/4/2029", "not_a_date", "years[4].gio_to"),
        ("{year: 2030,", "{year: 2029,", "twice", "years[5].year"),
        ("name: Quốc khánh}", "tên: Quốc khánh}", "unknown_field", "every_year[4].tên"),
    ],
)
def test_it_tells_what_is_wrong_where(tmp_path: Path, old: str, new: str, code: str, field: str) -> None:
    assert TEXT.count(old) == 1
    file = tmp_path / "holidays.yaml"
    file.write_text(TEXT.replace(old, new), "utf-8")
    with pytest.raises(CampaignFileError) as caught:
        load_holidays(file)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.line == TEXT[: TEXT.index(old)].count("\n") + 1
