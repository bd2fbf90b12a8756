"""The rules of evidence, one per file, pure: values in, a verdict out."""

from collections.abc import Mapping
from types import MappingProxyType

from catalogue.compliance.rules import (
    body_in_scope,
    catalogue_listing,
    certificate_in_force,
    renewal_gap,
    report_accepted,
    report_age,
    report_covers,
    report_indicators,
    scheme_accepted,
    scope_row,
    self_declaration,
    standard_current,
)

# Every rule's version, stored in each report so that a later reader knows what judged it.
VERSIONS: Mapping[str, int] = MappingProxyType(
    {
        rule.ID: rule.VERSION
        for rule in (
            scheme_accepted,
            scope_row,
            certificate_in_force,
            body_in_scope,
            standard_current,
            renewal_gap,
            report_accepted,
            report_covers,
            report_indicators,
            report_age,
            self_declaration,
            catalogue_listing,
        )
    }
)
