"""What signing in holds for the whole site: the hashing queue, the counts of failures, the provider."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from anyio import CapacityLimiter

from registry.accounts.limiting import Limiter
from registry.accounts.oidc import Provider
from registry.accounts.passwords import Hashing
from registry.accounts.sessions import Terms
from registry.kit.settings import Settings

CALLS = 4  # answers of the provider waited for at once; a slow one holds up nobody else


@dataclass(frozen=True, slots=True)
class Desk:
    """Built once with the site."""

    terms: Terms
    limiter: Limiter
    provider: Provider | None
    hashing: Hashing = field(default_factory=Hashing)
    _waiting: list[CapacityLimiter] = field(default_factory=list)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        provider = (
            Provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)
            if settings.oidc_issuer
            else None
        )
        terms = Terms(
            timedelta(minutes=settings.session_idle_minutes),
            timedelta(hours=settings.session_hours),
            second_factor=settings.requires_second_factor,
        )
        return cls(terms, Limiter(settings.sign_in_tries, settings.workers), provider)

    @property
    def calls(self) -> CapacityLimiter:
        """Places for threads that wait for the provider; made inside the event loop that uses them."""
        if not self._waiting:
            self._waiting.append(CapacityLimiter(CALLS))
        return self._waiting[0]
