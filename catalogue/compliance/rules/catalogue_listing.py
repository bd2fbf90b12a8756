"""A promotion-catalogue entry counts only where the pack says so, and only while it stands.

Clause: pack's evidence clause; no shipped pack accepts a listing.
"""

from catalogue.compliance.evidence import LineEvidence, ListingFact
from catalogue.compliance.verdicts import Verdict, failed, passed, undecided
from registry.policies.pack import EvidenceRules
from registry.policies.pack_terms import EvidenceKind

ID = "catalogue-listing"
VERSION = 1


def check(line: LineEvidence, listing: ListingFact, rules: EvidenceRules) -> Verdict:
    facts = {"catalogue": listing.catalogue}
    if EvidenceKind.CATALOGUE_LISTING not in rules.accepted:
        return failed("catalogue-listing.not-accepted", rules.clause, **facts)
    if listing.product_id != line.product_id:
        return failed("catalogue-listing.other-product", rules.clause, **facts)
    removed = listing.removed_on
    if line.day < listing.entered_on or (removed is not None and line.day >= removed):
        return failed("catalogue-listing.not-standing", rules.clause, **facts, day=line.day)
    if listing.plant_id is not None and line.plant_id is None:
        return undecided("catalogue-listing.plant-unknown", rules.clause, **facts)
    if listing.plant_id is not None and listing.plant_id != line.plant_id:
        return failed("catalogue-listing.other-plant", rules.clause, **facts)
    return passed("catalogue-listing.listed", rules.clause, **facts, since=listing.entered_on)
