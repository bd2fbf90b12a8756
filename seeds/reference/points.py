"""One point for each city or county that is asked about, so that "made near it" has a centre."""

from pathlib import Path
from typing import Final

from registry.kit.ids import derived
from registry.kit.types import Fact
from registry.supply.facts import RegionPointFact
from seeds.reference.loading import Confidence, Figure, RegionCode, read_csv, require_unique
from seeds.reference.regions import regions

FILE: Final = Path(__file__).with_name("region-points.csv")
# Rounded to 0.01 degrees (about 1 km) from general geographic knowledge; no document was copied.
SOURCE: Final = "城市中心点的近似值，取到 0.01°；一般地理知识，未引自某一文件"
CONFIDENCE: Final = Confidence.MEDIUM


class RegionPoint(Fact):
    """A region by its code and a point in degrees, WGS 84."""

    region: RegionCode
    latitude: Figure
    longitude: Figure


def points() -> tuple[RegionPoint, ...]:
    rows = read_csv(FILE, RegionPoint)
    require_unique(rows, lambda row: row.region)
    known = {region.code for region in regions().regions}
    strange = sorted({row.region for row in rows} - known)
    if strange:
        raise ValueError(f"no such region: {', '.join(strange)}")
    return rows


def point_facts() -> list[RegionPointFact]:
    return [
        RegionPointFact(
            id=derived("region-point", row.region),
            region=row.region,
            latitude=row.latitude,
            longitude=row.longitude,
            source=SOURCE,
            confidence=CONFIDENCE,
        )
        for row in points()
    ]
