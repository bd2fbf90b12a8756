"""All the account's routes in one."""

from fastapi import APIRouter

from frontend.pages.account import (
    confirm,
    entry,
    home,
    invitation,
    keys,
    members,
    notices,
    passkeys,
    provider,
    security,
    webhooks,
)

router = APIRouter()
for part in (
    entry, home, confirm, security, members, invitation, keys, passkeys, provider, notices, webhooks
):  # fmt: skip
    router.include_router(part.router)
router.include_router(provider.there)
