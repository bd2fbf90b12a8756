"""A self-declaration never counts towards a ratio.

Clause: none of the packs names it as proof; it belongs to a low-carbon product list (practice, section 2).
"""

from catalogue.compliance.evidence import SelfDeclarationFact
from catalogue.compliance.verdicts import Verdict, failed

ID = "self-declaration"
VERSION = 1


def check(declaration: SelfDeclarationFact, *, clause: str) -> Verdict:
    return failed("self-declaration.never-counts", clause, declared=declaration.declared_on)
