"""All the account's routes in one."""

from fastapi import APIRouter

from frontend.pages.account import (
    bulk,
    confirm,
    entry,
    home,
    invitation,
    keys,
    members,
    passkeys,
    provider,
    security,
)

router = APIRouter()
for part in (bulk, entry, home, confirm, security, members, invitation, keys, passkeys, provider):
    router.include_router(part.router)
router.include_router(provider.there)
