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
    notices,
    passkeys,
    provider,
    second,
    security,
    webhooks,
)
from frontend.pages.account.body import acting as body_acting
from frontend.pages.account.body import certificates as body_certificates
from frontend.pages.account.body import papers as body_papers
from frontend.pages.account.body import renewing
from frontend.pages.account.body.side import BODY, OFFICER
from frontend.pages.account.review import case, deciding, queue
from frontend.pages.account.supervision import acting as complaint_acting
from frontend.pages.account.supervision import complaints, planning, recognition, rounds

router = APIRouter()
for part in (
    bulk, entry, home, confirm, security, second, members, invitation, keys, passkeys, provider, notices,
    webhooks,
):  # fmt: skip
    router.include_router(part.router)
router.include_router(provider.there)
for one in (queue.router, case.router, deciding.router, deciding.removing, renewing.router):
    router.include_router(one)
for side in (BODY, OFFICER):
    router.include_router(body_certificates.router(side))
    router.include_router(body_acting.router(side))
    router.include_router(body_papers.router(side))
for work in (complaints, complaint_acting, planning, rounds, recognition):
    router.include_router(work.router)
router.include_router(complaint_acting.party)
