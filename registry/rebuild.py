"""Every fact kind in one place, and the rebuild: a feed copied into an empty database is the same."""

from sqlmodel import Session

from registry.batches.kind import BATCH
from registry.categories.service import CATEGORY, MATERIAL_KIND, REGION
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.kinds import KINDS
from registry.crosschecks.service import CROSS_CHECK
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.service import DECLARATION
from registry.firms.service import DISCLOSURE, ENERGY_RECORD, HONOUR
from registry.kit.errors import Conflict
from registry.parties.service import ORGANISATION, PLANT
from registry.policies.service import BENCHMARK, POLICY_DOCUMENT, POLICY_ITEM, RULE_PACK
from registry.products.service import PRODUCT
from registry.reports.service import SELF_DECLARATION, TEST_REPORT
from registry.standards.service import STANDARD
from registry.supervision.kinds import FINDING, OUTCOME, RECOGNITION, ROUND
from registry.supply.service import PLANT_SITE, REGION_POINT, SUPPLY

ALL_KINDS = (
    REGION, STANDARD, CATEGORY, MATERIAL_KIND, RULE_PACK, POLICY_DOCUMENT, POLICY_ITEM, BENCHMARK,
    ORGANISATION, PLANT, PRODUCT, CERTIFICATE, TEST_REPORT, SELF_DECLARATION,
    DECLARATION, DECLARATION_CONTENT, REGION_POINT, PLANT_SITE, SUPPLY, CROSS_CHECK, BATCH,
    FINDING, ROUND, OUTCOME, RECOGNITION, HONOUR, ENERGY_RECORD, DISCLOSURE,
)  # fmt: skip
if set(KINDS.values()) != set(ALL_KINDS):
    raise RuntimeError("a fact kind is missing from registry.rebuild")


def rebuild(source: Session, target: Session) -> int:
    """Copy a feed into an empty database record by record; returns how many records there were."""
    name = feed.head(source).feed
    feed.start(target, name)
    begun = feed.head(target)
    if begun.seq != 0 or begun.feed != name:
        raise Conflict("rebuild-target-not-empty")
    return feed.replay(target, feed.every(source))
