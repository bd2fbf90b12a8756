"""What taking a product for a line settles: its model, its plant, and what the file says against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from catalogue.bom.agreement import differing
from catalogue.bom.confidence import Match, ModelFit
from catalogue.bom.lines import BomLine
from catalogue.bom.models import is_range, model_fit, names_a_model
from catalogue.checks.inputs import Conflict, Difference, Lack, PlantSource
from registry.dossiers.dossier import Dossier
from registry.products.facts import ProductFact


@dataclass(frozen=True, slots=True)
class Taken:
    """None means that neither the file nor the user settles it."""

    model: str | None
    plant_id: UUID | None
    plant_source: PlantSource | None
    conflicts: tuple[Conflict, ...]
    model_inferred: bool = False
    differing: tuple[Difference, ...] = ()
    lacks: tuple[Lack, ...] = ()


def taken(  # noqa: PLR0913 - what the file, the matcher and the user each say of one line
    line: BomLine,
    dossier: Dossier,
    attributes: Mapping[str, str],
    *,
    match: Match | None,
    plant_id: UUID | None = None,
    model: str | None = None,
) -> Taken:
    """The file's own words outrank a click: a grade outside the product's models stays outside."""
    product = dossier.product.fact
    named = UUID(match.plant_id) if match and match.plant_id else None
    plant, source = _plant(product, named=named, chosen=plant_id, silent=not line.plant_text.strip())
    asked, words = model or (match.model if match else None), f"{line.name} {line.spec}"
    fitting, fit = model_fit((asked,) if asked else product.models, words, attributes)
    only = only_model(product) if fit is ModelFit.UNKNOWN and not names_a_model(words) else None
    found = asked or fitting or only
    lacks = {Lack.PLANT: plant is None, Lack.MODEL: found is None and bool(product.models)}
    return Taken(
        model=found,
        plant_id=plant,
        plant_source=source,
        conflicts=(Conflict.MODEL_OUTSIDE,) if fit is ModelFit.OUTSIDE else (),
        model_inferred=found is not None and found not in (asked, fitting),
        differing=tuple(
            Difference(name=name, stated=attributes[name], registered=product.attributes[name])
            for name in differing(attributes, product.attributes)
        ),
        lacks=tuple(lack for lack, stands in lacks.items() if stands and fit is not ModelFit.OUTSIDE),
    )


def _plant(
    product: ProductFact, *, named: UUID | None, chosen: UUID | None, silent: bool
) -> tuple[UUID | None, PlantSource | None]:
    """The plant that the user or the file names; where the file is silent, the only one there is."""
    if chosen is not None:
        return chosen, PlantSource.STATED if chosen == named else PlantSource.CONFIRMED
    if named is not None:
        return named, PlantSource.STATED
    if silent and len(product.plant_ids) == 1:
        return product.plant_ids[0], PlantSource.INFERRED
    return None, None


def only_model(product: ProductFact) -> str | None:
    """The model of a product that has no other; a range is many (decision 0017)."""
    return product.models[0] if len(product.models) == 1 and not is_range(product.models[0]) else None
