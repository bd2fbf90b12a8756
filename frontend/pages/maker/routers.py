"""All routes of the applicant's pages in one; named pages before the parts, which fill the same place."""

from fastapi import APIRouter

from frontend.pages.maker import batches, handing_in, history, listing, part, tasks

router = APIRouter()
for one in (batches, listing, tasks, history, handing_in, part):
    router.include_router(one.router)
