"""When checks are asked: by the rules a document follows, its kind, and what the caller knows."""

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Subtype
from registry.declarations.facts import DocumentKind
from registry.declarations.preflight.model import When
from registry.declarations.preflight.view import View

_EN = frozenset({Generation.EN15804_A1, Generation.EN15804_A2})
_MODULAR = _EN | {Generation.ISO21930}
_FOOTPRINTS = frozenset({Generation.ISO14067, Generation.GBT24067})

A2 = When("EN 15804+A2", lambda view: view.dataset.generation is Generation.EN15804_A2)
NOT_A2 = When("any rules but EN 15804+A2", lambda view: not A2.holds(view))
A1 = When("EN 15804+A1", lambda view: view.dataset.generation is Generation.EN15804_A1)
ISO21930 = When("ISO 21930", lambda view: view.dataset.generation is Generation.ISO21930)
EN = When("EN 15804", lambda view: view.dataset.generation in _EN)
MODULAR = When("EN 15804 or ISO 21930", lambda view: view.dataset.generation in _MODULAR)
GBT24067 = When("GB/T 24067", lambda view: view.dataset.generation is Generation.GBT24067)
FOOTPRINT_RULES = When("GB/T 24067 or ISO 14067", lambda view: view.dataset.generation in _FOOTPRINTS)
NO_FOOTPRINT_RULES = When(
    "any rules but GB/T 24067 and ISO 14067", lambda view: view.dataset.generation not in _FOOTPRINTS
)
FOOTPRINT = When("declarations with a footprint", lambda view: view.dataset.footprint is not None)

EPD = When("EPD", lambda view: view.dataset.document is DocumentKind.EPD)
REPORT = When(
    "碳足迹报告 footprint report", lambda view: view.dataset.document is DocumentKind.FOOTPRINT_REPORT
)
LABEL = When(
    "碳足迹标识认证 certified footprint label",
    lambda view: view.dataset.document is DocumentKind.FOOTPRINT_LABEL,
)
DECLARED_EPD = When("EPD of makers, not generic data", lambda view: EPD.holds(view) and _of_makers(view))
GENERIC_EPD = When("EPD with generic data", lambda view: EPD.holds(view) and not _of_makers(view))
GENERIC = When("generic data", lambda view: not _of_makers(view))
A2_OF_MAKERS = When("EN 15804+A2, not generic data", lambda view: A2.holds(view) and _of_makers(view))
KIND = When("the material kind is known", lambda view: view.context.kind is not None)
COMPONENTS = When("a content declaration is there", lambda view: bool(view.dataset.components))
SCENARIOS = When("scenarios are declared or used", lambda view: bool(view.dataset.scenarios) or _used(view))
KNOWN = When("other declarations are known", lambda view: bool(view.context.known))
VERIFIERS = When("verifiers are known", lambda view: bool(view.context.verifiers))


def _of_makers(view: View) -> bool:
    return view.dataset.subtype not in {Subtype.GENERIC, Subtype.TEMPLATE, Subtype.REPRESENTATIVE}


def _used(view: View) -> bool:
    return view.scenarios() != (None,)
