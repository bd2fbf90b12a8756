"""The composition root: the one place that knows every router."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from sqlalchemy import text
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from catalogue.archive import api as archive_api
from catalogue.background import api as background_api
from catalogue.batches import api as batch_cover_api
from catalogue.bulk import api as bulk_api
from catalogue.checks import api as checks_api
from catalogue.checks import carbon_api
from catalogue.checks.http import Desk
from catalogue.comparison import api as comparison_api
from catalogue.distribution import api as distribution_api
from catalogue.forms import api as forms_api
from catalogue.limits import api as limits_api
from catalogue.openepd import api as openepd_api
from catalogue.searches import api as searches_api
from catalogue.searches.http import Shelf
from catalogue.thresholds import api as thresholds_api
from catalogue.thresholds import kept_api
from frontend import errors, openapi
from frontend.assets import PREFIX, FingerprintedFiles
from frontend.frame import FrameDep
from frontend.headers import HeadAsGet, PrivateAnswers, SecurityHeaders
from frontend.identify import identify
from frontend.logging import RequestLog
from frontend.pages import (
    archive,
    batch,
    batch_files,
    calendar,
    carbon,
    check,
    compare,
    cross_checks,
    data,
    find,
    help_pages,
    home,
    interface,
    open_data,
    organisation,
    plant,
    problem,
    product,
    products,
    published_limits,
    resolver,
    rules,
    thresholds,
    verify,
)
from frontend.pages.account import routers as account
from frontend.pages.declaration import checking as declaration_check
from frontend.pages.declaration import page as declaration
from frontend.pages.maker import routers as maker
from frontend.pages.supervision import complain, followed
from frontend.pages.supervision import public as supervision_pages
from frontend.site import SiteDep, close_site, open_site, start_following
from registry import feed_api, feed_atom
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import api as accounts_api
from registry.applications import api as applications_api
from registry.applications import review_api
from registry.applications.http import Desk as ApplicationsDesk
from registry.batches import api as batches_api
from registry.categories import api as reference_api
from registry.certificates import api as certificates_api
from registry.crosschecks import api as crosschecks_api
from registry.declarations import api as declarations_api
from registry.declarations.documents import contents_api, uploads_api
from registry.declarations.figures import api as gwp_api
from registry.declarations.harvest import api as origins_api
from registry.declarations.node import api as node_api
from registry.dossiers import api as dossiers_api
from registry.dump import api as dump_api
from registry.dump import manifest
from registry.dump.keep import Dumps
from registry.firms import api as firms_api
from registry.kit.db import ReadDep
from registry.kit.settings import Mode, Settings
from registry.notices import api as notices_api
from registry.notices import private_feed
from registry.parties import api as parties_api
from registry.policies import api as rules_api
from registry.products import api as products_api
from registry.reports import api as reports_api
from registry.standards import api as standards_api
from registry.supervision import api as complaints_api
from registry.supervision import office_api as supervision_office_api
from registry.supervision import public_api as supervision_api
from registry.supervision.erasing import Keeping
from registry.supervision.http import Desk as SupervisionDesk
from registry.supply import api as supply_api
from registry.supply import lists_api as supply_lists
from registry.telling.worker import Worker
from search import api as search_api
from search.feeding import follow

VERSION = "0.1.0"

COMPRESSED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, *manifest.MEDIA_TYPE.values())

probes = APIRouter(tags=["operation"])


class Health(BaseModel):
    """`lag` counts feed records the search index has not seen."""

    status: Literal["ok"]
    feed: str
    position: int
    lag: int


@probes.get("/healthz", dependencies=[Depends(May(Act.READ))])
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@probes.get("/readyz", dependencies=[Depends(May(Act.READ))])
def readyz(site: SiteDep, session: ReadDep) -> Health:
    """The database and the search index answer."""
    session.execute(text("SELECT 1"))
    site.search.count()
    lag = follow.lag(session, site.index.writer.position())
    return Health(status="ok", feed=site.settings.mode, position=site.index.writer.position() + lag, lag=lag)


@probes.get("/", include_in_schema=False, dependencies=[Depends(May(Act.READ))])
def root() -> Response:
    """Always Chinese first: no sniffing, so the answer may be kept."""
    return RedirectResponse("/zh/", status_code=302)


API_ROUTERS = (
    probes, search_api.router, comparison_api.router, products_api.router, dossiers_api.router,
    uploads_api.router,  # before `/declarations/{code}`
    certificates_api.router, reports_api.router, declarations_api.router, gwp_api.router,
    origins_api.router,
    background_api.router, distribution_api.router, limits_api.router, parties_api.router,
    contents_api.router,
    reference_api.router, standards_api.router, rules_api.router, feed_api.router, feed_atom.router,
    dump_api.router, checks_api.router, carbon_api.router, supply_api.router, supply_lists.router,
    crosschecks_api.router,
    forms_api.router, thresholds_api.router, searches_api.router, kept_api.router,
    archive_api.router,
    accounts_api.router, notices_api.router, private_feed.router, review_api.router, applications_api.router,
    bulk_api.router, batches_api.router, batch_cover_api.router,
    complaints_api.router, supervision_office_api.router, supervision_api.router, firms_api.router,
    node_api.router, openepd_api.router,
)  # fmt: skip
PAGE_ROUTERS = (
    home.router, products.router, product.router, archive.router, compare.router, check.router, verify.router,
    organisation.router, plant.router, data.router, rules.router, problem.router, open_data.router,
    help_pages.router, calendar.router, cross_checks.router, interface.router, thresholds.router,
    account.router, maker.router, batch.router, batch_files.router, find.router, resolver.router,
    complain.router, followed.router, supervision_pages.router, carbon.router, published_limits.router,
    declaration_check.router, declaration.router,
)  # fmt: skip
# Answers to scanned codes are looked up first and stand in no frame: nothing is faster or asked more often.
ROUTERS = (verify.scanned, *API_ROUTERS, *PAGE_ROUTERS)


def create_app(settings: Settings) -> FastAPI:
    """The whole application for these settings; opened when it starts, closed when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        site = await anyio.to_thread.run_sync(open_site, settings)
        app.state.site, app.state.engine, app.state.markets = site, site.engine, site.markets
        app.state.spreads = site.spreads
        app.state.public_url = settings.public_url
        app.state.identify, app.state.limiter = identify, site.accounts.limiter
        app.state.dumps = Dumps(site.engine, settings.dump_dir, minutes=settings.dump_minutes)
        app.state.desk, app.state.keep_days = Desk(site.search, settings.check_days), settings.check_days
        app.state.shelf = Shelf(site.search, settings.archives_per_day)
        app.state.applications = ApplicationsDesk(
            settings.evidence_folder, settings.review_days, settings.review_levels
        )
        app.state.supervision = SupervisionDesk.of(settings)
        start_following(site)
        site.notices = Worker(site.engine, Keeping.of(settings))
        site.notices.start()
        try:
            yield
        finally:
            app.state.dumps.close()
            await anyio.to_thread.run_sync(close_site, site)

    app = FastAPI(
        title="GreenMat 绿材名录",
        version=VERSION,
        summary="Certified green, low-carbon building materials: search, comparison and ratio checks",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=openapi.PATH,
        generate_unique_id_function=openapi.operation_name,
    )
    app.mount(PREFIX, FingerprintedFiles(), name="static")
    app.include_router(verify.scanned, include_in_schema=False)
    for router in API_ROUTERS:
        app.include_router(router)
    for router in PAGE_ROUTERS:
        app.include_router(router, include_in_schema=False, dependencies=[FrameDep])
    errors.install(app)
    openapi.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=600, exclude_content_types=COMPRESSED)
    app.add_middleware(HeadAsGet)
    app.add_middleware(PrivateAnswers)
    app.add_middleware(SecurityHeaders, demonstration=settings.mode is Mode.DEMONSTRATION)
    app.add_middleware(RequestLog)
    return app
