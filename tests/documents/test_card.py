"""The card of a good example, drawn for real and opened again."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from documents.card import HEIGHT, WIDTH, Card, picture

CARD = Card("Người tốt, việc tốt", "Bà Y Hlan", "Làng Kon Sơ̆t", "Nhặt được ví, trả lại tận nhà.", "Thi đua năm 2022")
GREEN = (20, 160, 60)


def drawn(card: Card, photo: Path | None = None) -> Image.Image:
    """The card as an image."""
    return Image.open(io.BytesIO(picture(card, photo))).convert("RGB")


def differ(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is not None


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (400, 300), GREEN).save(path)
    return path


def test_it_is_a_picture_of_its_size_with_ink_in_every_part() -> None:
    image = drawn(CARD)
    assert image.size == (WIDTH, HEIGHT)
    for top in range(0, HEIGHT, HEIGHT // 3):
        part = image.crop((0, top, WIDTH, min(top + HEIGHT // 3, HEIGHT)))
        assert len(part.getcolors(1_000_000) or ()) > 10


def test_it_shows_the_photo_only_where_there_is_one(photo: Path) -> None:
    def has_green(image: Image.Image) -> bool:
        pixels = image.resize((9, 9)).tobytes()
        colours = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
        return any(sum(abs(a - b) for a, b in zip(one, GREEN, strict=True)) < 40 for one in colours)

    assert has_green(drawn(CARD, photo))
    assert not has_green(drawn(CARD))


@pytest.mark.parametrize("words", ['#panic("x")', "$1+1$ *x* _y_", "]#[", '"\\', "<b>x</b>", "🎉 Ỹ Ñ ơ̆", ""])
def test_it_draws_whatever_is_written_as_the_words_it_is(words: str) -> None:
    image = drawn(Card(CARD.head, words, CARD.place, words, CARD.foot))
    assert image.size == (WIDTH, HEIGHT)


def test_it_draws_each_vietnamese_letter_otherwise() -> None:
    """A letter that the font lacks would look like every other one that it lacks."""
    letters = "ăâđêôơưắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹ"
    images = [drawn(Card("", letter * 3, "", "", "")) for letter in letters[::5]]
    assert all(differ(one, other) for at, one in enumerate(images) for other in images[:at])


def test_it_leaves_out_what_the_font_cannot_draw() -> None:
    assert not differ(drawn(Card("", "Y Na 🎉👩‍🌾", "", "", "")), drawn(Card("", "Y Na", "", "", "")))


def test_it_keeps_the_dot_below() -> None:
    assert differ(drawn(Card("", "Thị", "", "", "")), drawn(Card("", "Thi", "", "", "")))


def test_it_keeps_the_upper_part_of_an_upright_photo(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    upright = Image.new("RGB", (300, 500), (200, 200, 200))
    upright.paste(GREEN, (0, 80, 300, 200))
    upright.save(path)
    face = drawn(CARD, path).crop((540, 330, 541, 331)).tobytes()
    assert sum(abs(a - b) for a, b in zip(face, GREEN, strict=True)) < 40


@pytest.mark.parametrize("words", ["Sửa cầu treo. " * 43, "SỮA" * 200])
def test_it_stays_one_picture_with_a_photo_and_the_longest_words(photo: Path, words: str) -> None:
    longest = Card(CARD.head, "Nguyễn " * 8, "Trường " * 12, f"{words} (hôm qua)", "Phong trào " * 20)
    assert drawn(longest, photo).size == (WIDTH, HEIGHT)


def test_it_holds_the_longest_deed() -> None:
    longest = drawn(Card(CARD.head, "Đinh Thị Nguyễn Hoàng Phương Thảo", CARD.place, "Sửa cầu treo. " * 43, CARD.foot))
    cut = drawn(Card(CARD.head, "Đinh Thị Nguyễn Hoàng Phương Thảo", CARD.place, "Sửa cầu treo. " * 42, CARD.foot))
    assert differ(longest, cut)
