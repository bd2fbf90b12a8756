"""All the account's routes in one."""

from fastapi import APIRouter

from frontend.pages.account import (
    confirm,
    entry,
    home,
    invitation,
    keys,
    members,
    passkeys,
    provider,
    second,
    security,
)
from frontend.pages.account.body import acting as body_acting
from frontend.pages.account.body import certificates as body_certificates
from frontend.pages.account.body import renewing
from frontend.pages.account.body.side import BODY, OFFICER
from frontend.pages.account.review import case, deciding, queue

router = APIRouter()
for part in (entry, home, confirm, security, second, members, invitation, keys, passkeys, provider):
    router.include_router(part.router)
router.include_router(provider.there)
for one in (queue.router, case.router, deciding.router, deciding.removing, renewing.router):
    router.include_router(one)
for side in (BODY, OFFICER):
    router.include_router(body_certificates.router(side))
    router.include_router(body_acting.router(side))
