"""Sign-in at an identity provider (OpenID Connect): code flow with PKCE, state, nonce and issuer check."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from registry.kit.errors import DomainError, Unavailable
from registry.kit.log import get as get_log

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
PATIENCE = 5.0  # seconds for each answer of the provider
SECRET_BYTES = 32
LEEWAY = 30  # seconds that clocks may differ
AGAIN = 300  # seconds since somebody proved themselves at the provider once more
DISCOVERY = "/.well-known/openid-configuration"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_log = get_log("registry.accounts.oidc")


class ProviderRefused(DomainError):
    """What came back proves nothing; the reason stands in the log, not on the page."""

    code = "provider-refused"
    status = 403


class ProviderUnavailable(Unavailable):
    code = "provider-unavailable"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody at a provider; nothing else of the token is kept."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class Start:
    """Where the browser goes, and what must be compared when it comes back."""

    address: str
    state: str
    kept: dict[str, str]


@dataclass(frozen=True, slots=True)
class Provider:
    """The one provider that the settings name."""

    issuer: str
    client_id: str
    client_secret: str

    def start(self, redirect_uri: str, *, again: bool = False) -> Start:
        """A new sign-in there; `again` asks the provider not to rely on an earlier one."""
        verifier, nonce, state = (secrets.token_urlsafe(SECRET_BYTES) for _ in range(3))
        with self._client(redirect_uri) as client:
            meta = self._metadata(client)
            extra = {"nonce": nonce} | ({"prompt": "login", "max_age": "0"} if again else {})
            address, _ = client.create_authorization_url(
                meta["authorization_endpoint"], state=state, code_verifier=verifier, **extra
            )
        kept = {"verifier": verifier, "nonce": nonce, "redirect_uri": redirect_uri, "again": str(int(again))}
        return Start(address, state, kept)

    def finish(self, answer: Mapping[str, str], kept: Mapping[str, str]) -> Identity:
        """Who came back, or ProviderRefused; the state has led to `kept` already."""
        from authlib.integrations.base_client import OAuthError  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415

        with self._client(kept["redirect_uri"]) as client:
            meta = self._metadata(client)
            self._check_answer(answer, meta)
            keys = self._get(client, meta["jwks_uri"])
            try:
                token = client.fetch_token(
                    meta["token_endpoint"],
                    code=answer["code"],
                    code_verifier=kept["verifier"],
                    grant_type="authorization_code",
                )
            except OAuthError as error:
                raise _refused("the code") from error
            except Exception as error:
                raise _unavailable(error) from error
        try:
            claims = self._claims(str(token["id_token"]), keys, kept)
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise _refused(f"id token: {type(error).__name__}") from error
        return Identity(self.issuer, str(claims["sub"]))

    def _check_answer(self, answer: Mapping[str, str], meta: Mapping[str, Any]) -> None:
        """RFC 9207: an answer of another provider is a mix-up; one without `iss` only where none is sent."""
        stated = answer.get("iss")
        promised = meta.get("authorization_response_iss_parameter_supported") is True
        if (stated is None and promised) or (stated is not None and stated != self.issuer):
            raise _refused("iss of the answer")
        if "error" in answer or not answer.get("code"):
            raise _refused("no code")

    def _claims(self, id_token: str, keys: Any, kept: Mapping[str, str]) -> dict[str, Any]:
        """The claims of an id token that is signed, ours, of now and for this one sign-in."""
        from joserfc import jwk, jwt  # noqa: PLC0415

        token = jwt.decode(id_token, jwk.KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))
        claims: dict[str, Any] = dict(token.claims)
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": kept["nonce"]},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(claims)
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self.client_id) != self.client_id:
            raise _refused("azp")
        if kept["again"] == "1" and int(claims["auth_time"]) < time.time() - AGAIN:
            raise _refused("auth_time")
        if not 1 <= len(str(claims["sub"])) <= 255:
            raise _refused("sub")
        return claims

    def _metadata(self, client: "OAuth2Client") -> Mapping[str, Any]:
        """The provider's own description; one that names another issuer is not its own."""
        meta = self._get(client, self.issuer.rstrip("/") + DISCOVERY)
        if not isinstance(meta, dict) or meta.get("issuer") != self.issuer:
            raise _refused("issuer of the description")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_safe(str(meta.get(name, ""))):
                raise _refused(name)
        return meta

    def _get(self, client: "OAuth2Client", address: str) -> Any:
        try:
            answer = client.request("GET", address, withhold_token=True)
            answer.raise_for_status()
            return answer.json()
        except Exception as error:  # the client's errors share no base of the standard library
            raise _unavailable(error) from error

    def _client(self, redirect_uri: str) -> "OAuth2Client":
        from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415  loaded when first used

        return OAuth2Client(
            self.client_id,
            self.client_secret,
            scope="openid",
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=PATIENCE,
            follow_redirects=False,
            trust_env=False,
        )


def is_safe(address: str) -> bool:
    """Encrypted, or on this very machine as in tests."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or _is_local(parts.scheme, parts.hostname))


def _is_local(scheme: str, host: str | None) -> bool:
    return scheme == "http" and host in LOOPBACK


def _unavailable(error: Exception) -> ProviderUnavailable:
    _log.warning("The identity provider did not answer as one.", reason=type(error).__name__)
    return ProviderUnavailable()


def _refused(reason: str) -> ProviderRefused:
    _log.info("An answer of the identity provider was refused.", reason=reason)
    return ProviderRefused()
