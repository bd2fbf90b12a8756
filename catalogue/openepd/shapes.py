"""The answers of the openEPD interface around the documents: paging, the filter as understood, statistics."""

from pydantic import BaseModel, Field, JsonValue

from catalogue.openepd.omf import Filter
from catalogue.openepd.statistics import Statistics


class PagingOut(BaseModel):
    total_count: int
    total_pages: int
    page_size: int


class FilterOut(BaseModel):
    mf: str = Field(description="The filter as we understood it")
    mf_hash: str


class MaterialFilterOut(BaseModel):
    effective_omf: FilterOut
    excluded_fields: list[str] | None = Field(None, description="Never any: what we cannot answer we refuse")

    @classmethod
    def of(cls, wanted: Filter) -> "MaterialFilterOut":
        return cls(effective_omf=FilterOut(mf=wanted.effective, mf_hash=wanted.hash))


class SearchMeta(BaseModel):
    paging: PagingOut
    material_filter: MaterialFilterOut
    warnings: list[JsonValue] | None = None


class SearchOut(BaseModel):
    """A page of documents that a filter finds."""

    payload: list[JsonValue] = Field(description="openEPD documents")
    meta: SearchMeta


class AmountOut(BaseModel):
    qty: float
    unit: str


class StatisticsPayload(BaseModel):
    """kg CO₂e of A1–A3 per declared unit; the protocol has numbers where we otherwise write decimal text."""

    pct10_gwp: float
    achievable_target: float = Field(description="The 20th percentile")
    pct30_gwp: float
    pct40_gwp: float
    pct50_gwp: float
    pct60_gwp: float
    pct70_gwp: float
    conservative_estimate: float = Field(description="The 80th percentile")
    pct90_gwp: float
    average: float
    min: float
    max: float
    pct20_gwp_no_bod: float | None = Field(
        None, description="We burden no value with doubt: nothing to leave out"
    )
    pct40_gwp_no_bod: float | None = None
    pct60_gwp_no_bod: float | None = None
    pct80_gwp_no_bod: float | None = None
    average_gwp_no_bod: float | None = None
    standard_deviation: float
    epds_count: int
    industry_epds_count: int = Field(description="Found as well, never counted among products")
    generic_estimates_count: int = Field(description="Found as well, never counted among products")
    declared_unit: AmountOut

    @classmethod
    def of(cls, found: Statistics, averages: int, generics: int) -> "StatisticsPayload":
        return cls(
            pct10_gwp=float(found.at(10)),
            achievable_target=float(found.at(20)),
            pct30_gwp=float(found.at(30)),
            pct40_gwp=float(found.at(40)),
            pct50_gwp=float(found.at(50)),
            pct60_gwp=float(found.at(60)),
            pct70_gwp=float(found.at(70)),
            conservative_estimate=float(found.at(80)),
            pct90_gwp=float(found.at(90)),
            average=float(found.mean),
            min=float(found.values[0]),
            max=float(found.values[-1]),
            standard_deviation=float(found.deviation),
            epds_count=len(found.values),
            industry_epds_count=averages,
            generic_estimates_count=generics,
            declared_unit=AmountOut(qty=1, unit=found.unit.code),
        )


class StatisticsMeta(BaseModel):
    material_filter: MaterialFilterOut
    warnings: list[JsonValue] | None = None


class StatisticsOut(BaseModel):
    """Statistics of what a filter finds."""

    payload: StatisticsPayload
    meta: StatisticsMeta
