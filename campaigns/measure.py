"""Measures (đơn vị tính): what a figure counts, and how a measure converts to others of its dimension."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Dimension(StrEnum):
    """Measures convert only within a dimension; COUNT never converts."""

    AREA = "area"
    LENGTH = "length"
    MASS = "mass"
    MONEY = "money"
    VOLUME = "volume"
    SHARE = "share"
    COUNT = "count"


class Region(StrEnum):
    """Where "sào", "công" and "mẫu" have their size (reference sizes: 360, 500 and 1,000 m² a sào)."""

    NORTH = "north"
    CENTRE = "centre"
    SOUTH = "south"


@dataclass(frozen=True)
class Measure:
    """One measure. ``name`` is what people read ("ha", "con"); ``size`` is in the base unit of the dimension.

    Base units: m², m, kg, đồng, m³, one hundredth, one piece. ``words`` are further ways of writing it, with marks.
    Where ``sizes`` stand, the size depends on the region and ``size`` means nothing; one region may know two sizes.
    """

    key: str
    name: str
    dimension: Dimension
    size: Fraction = Fraction(1)
    whole: bool = False
    words: tuple[str, ...] = ()
    sizes: tuple[tuple[Region, Fraction], ...] = ()


NORTH, CENTRE, SOUTH = Region.NORTH, Region.CENTRE, Region.SOUTH
# In the south a sào is a công, and a công is 1,000 m² or, measured with the long pole (tầm lớn), 1,296 m².
_SOUTHERN = ((SOUTH, Fraction(1000)), (SOUTH, Fraction(1296)))


def _area(key: str, name: str, size: int | str, *words: str) -> Measure:
    return Measure(key, name, Dimension.AREA, Fraction(size), words=words)


def _regional(key: str, name: str, sizes: tuple[tuple[Region, Fraction], ...], *words: str) -> Measure:
    return Measure(key, name, Dimension.AREA, words=words, sizes=sizes)


def _mass(key: str, name: str, size: int | str, *words: str) -> Measure:
    return Measure(key, name, Dimension.MASS, Fraction(size), words=words)


def _length(key: str, name: str, size: int | str, *words: str) -> Measure:
    return Measure(key, name, Dimension.LENGTH, Fraction(size), words=words)


def _count(key: str, name: str, *words: str) -> Measure:
    return Measure(key, name, Dimension.COUNT, whole=True, words=words)


def _money(key: str, name: str, size: int, *words: str, whole: bool = False) -> Measure:
    return Measure(key, name, Dimension.MONEY, Fraction(size), whole, words)


_ASKED = (
    _area("ha", "ha", 10_000, "héc ta", "hecta", "héc-ta", "hécta", "hec ta", "héc", "hec", "mẫu tây"),
    _area("m2", "m2", 1, "mét vuông", "m vuông", "thước vuông"),
    _regional("sào", "sào", ((NORTH, Fraction(360)), (CENTRE, Fraction(500)), *_SOUTHERN)),
    _regional("mẫu", "mẫu", ((NORTH, Fraction(3600)), (CENTRE, Fraction(5000)), (SOUTH, Fraction(10_000)))),
    _regional("công", "công", _SOUTHERN, "công đất"),
    _regional("thước", "thước", ((NORTH, Fraction(24)), (CENTRE, Fraction(100, 3)))),
    _mass("kg", "kg", 1, "kí", "ký", "kilogam", "ki lô gam", "ki lô", "kilo", "cân"),
    _mass("yến", "yến", 10),
    _mass("tạ", "tạ", 100),
    _mass("tấn", "tấn", 1000),
    _money("đồng", "đồng", 1, "đ", "vnd", "vnđ", "đồng bạc", whole=True),
    _money("nghìn đồng", "nghìn đồng", 1000, "ngàn đồng"),
    _money("triệu đồng", "triệu đồng", 1_000_000, "trđ"),
    _money("tỷ đồng", "tỷ đồng", 1_000_000_000, "tỉ đồng"),
    Measure("%", "%", Dimension.SHARE, words=("phần trăm",)),
    _length("m", "m", 1, "mét", "m dài", "mét dài", "mét tới", "m tới"),
    _length("km", "km", 1000, "cây số", "ki lô mét", "kilomet"),
    Measure("m3", "m3", Dimension.VOLUME, words=("mét khối", "m khối", "khối")),
    _count("hộ", "hộ", "hộ dân", "hộ gia đình", "gia đình", "nhà"),
    _count("khẩu", "khẩu", "nhân khẩu", "người"),
    _count("người", "người"),
    _count("lao động", "lao động", "người"),
    _count("thanh niên", "thanh niên", "người"),
    _count("hội viên", "hội viên", "người"),
    _count("con", "con"),
    _count("cây", "cây"),
    _count("tuyến", "tuyến", "tuyến đường"),
    _count("công trình", "công trình"),
    _count("phần việc", "phần việc"),
    Measure("ngày công", "ngày công", Dimension.COUNT, words=("công",)),
    _count("lượt người", "lượt người", "lượt"),
    _count("căn nhà", "căn nhà", "căn", "nhà", "ngôi nhà"),
    _count("tiêu chí", "tiêu chí"),
    _count("chỉ tiêu", "chỉ tiêu"),
    _count("mô hình", "mô hình"),
    _count("HTX", "HTX", "hợp tác xã"),
    _count("sản phẩm", "sản phẩm", "sản phẩm OCOP"),
    _count("làng", "làng", "thôn", "bản", "ấp", "xóm", "buôn", "khóm", "khu phố", "tổ dân phố"),
    _count("thôn", "thôn", "làng", "bản", "ấp", "xóm", "buôn", "khóm", "khu phố", "tổ dân phố"),
    _count("cơ sở", "cơ sở"),
    _count("đôi", "đôi"),
    _count("cuộc", "cuộc", "buổi"),
    _count("thẻ", "thẻ"),
    _count("giấy", "giấy", "giấy chứng nhận"),
    _count("gương", "gương"),
    _count("trường hợp", "trường hợp", "ca"),
    _count("vụ", "vụ", "vụ việc"),
    _count("hồ sơ", "hồ sơ", "bộ hồ sơ"),
    _count("đơn vị máu", "đơn vị máu"),
    _count("xe", "xe", "chuyến xe"),
    _mass("kg/người/năm", "kg/người/năm", 1, "kg/người"),
    _mass("tạ/ha", "tạ/ha", 100),
    _money("triệu đồng/người/năm", "triệu đồng/người/năm", 1_000_000, "triệu đồng/người"),
)

# Measures that are only ever said in an answer.
ONLY_SAID = (
    _area("công tầm lớn", "công tầm lớn", 1296, "công lớn", "sào tầm lớn"),
    _area("công tầm nhỏ", "công tầm nhỏ", 1000, "công nhỏ"),
    _area("sào Bắc Bộ", "sào Bắc Bộ", 360),
    _area("sào Trung Bộ", "sào Trung Bộ", 500),
    _area("km2", "km2", 1_000_000),
    _mass("lạng", "lạng", "1/10"),
    _mass("gam", "gam", "1/1000", "g", "gram"),
    _length("cm", "cm", "1/100"),
    Measure("lít", "lít", Dimension.VOLUME, Fraction(1, 1000), words=("l",)),
    _count("giờ", "giờ", "tiếng"),
    _count("ngày", "ngày"),
    _count("tháng", "tháng"),
    _count("bao", "bao"),
    _count("giạ", "giạ"),
    _count("thúng", "thúng"),
    _count("gánh", "gánh"),
    _count("thùng", "thùng"),
)

MEASURES: dict[str, Measure] = {measure.key: measure for measure in _ASKED}
"""The measures that figures may be asked in, by key; officers may make further ones of their own."""

_LARGEST = {
    Dimension.AREA: 10**12,
    Dimension.LENGTH: 10**8,
    Dimension.MASS: 10**11,
    Dimension.MONEY: 10**14,
    Dimension.VOLUME: 10**11,
    Dimension.SHARE: 1000,
    Dimension.COUNT: 10**8,
}


def largest(measure: Measure) -> Fraction:
    """The largest figure that is believed in this measure, in the measure itself: generous for a whole country."""
    size = max((size for _, size in measure.sizes), default=measure.size)
    return _LARGEST[measure.dimension] / size


def ratios(said: Measure, asked: Measure, region: Region | None) -> tuple[Fraction, ...]:
    """How much one of ``said`` is in ``asked``: one ratio where it is certain, several where the size is not known.

    Without a region, or with one that does not know the measure, every size is possible. No ratio: no conversion.
    """
    if said == asked:
        return (Fraction(1),)
    if said.dimension is not asked.dimension or said.dimension is Dimension.COUNT:
        return ()
    known = [region] if region and _sizes(said, region) and _sizes(asked, region) else list(Region)
    pairs = {one / other for place in known for one in _sizes(said, place) for other in _sizes(asked, place)}
    return tuple(sorted(pairs))


def _sizes(measure: Measure, region: Region) -> tuple[Fraction, ...]:
    if not measure.sizes:
        return (measure.size,)
    return tuple(size for place, size in measure.sizes if place is region)
