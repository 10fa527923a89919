"""What is to change in a registration, as people say it."""

import pytest

from dialogue.change_words import Change, Sort, read_change


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("bỏ 2", Change(Sort.DROP, 2)),
        ("bo viec 2", Change(Sort.DROP, 2)),
        ("thêm trồng 50 cây", Change(Sort.ADD, words="trồng 50 cây")),
        ("them viec lam 3 km duong", Change(Sort.ADD, words="lam 3 km duong")),
        ("1: làm 400 m đường", Change(Sort.REPLACE, 1, "làm 400 m đường")),
        ("1:làm 400 m đường", Change(Sort.REPLACE, 1, "làm 400 m đường")),
        ("sửa việc 1) làm 400 m đường", Change(Sort.REPLACE, 1, "làm 400 m đường")),
        ("đã ký 5/3", Change(Sort.SIGNED, words="5/3")),
        ("ky ngay 5/3", Change(Sort.SIGNED, words="ngay 5/3")),
        ("chọn 1, 3", Change(Sort.CHOOSE, words="1, 3")),
        ("nội dung: 1, 3", Change(Sort.CHOOSE, words="1, 3")),
        ("gì cũng được", None),
        ("bỏ", None),
        ("bỏ 22", None),
        ("1:", None),
        ("1 làm 400 m", None),
        ("", None),
    ],
)
def test_it_reads_one_change(said: str, change: Change | None) -> None:
    assert read_change(said) == change
