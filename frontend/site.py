"""What one running site holds: its settings, database, search index and what is computed once."""

import time
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from catalogue.archive import store as archive
from catalogue.comparison.base import Bases
from catalogue.distribution.reading import Kept
from catalogue.thresholds.markets import Markets
from frontend.remembered import Remembered
from registry.access import walls
from registry.accounts import sessions
from registry.accounts.desk import Desk as AccountDesk
from registry.changes import feed
from registry.feedback import service as feedback
from registry.kit import clock, revision
from registry.kit.db import make_engine, write_session
from registry.kit.log import get as get_log
from registry.kit.settings import Mode, Settings
from registry.notices.gate import Gate
from registry.supervision import erasing
from registry.telling.worker import Worker
from search.api import FoundOut, brief
from search.briefs import Briefs
from search.engine import chosen
from search.engine.ports import SearchEngine
from search.feeding import follow
from search.feeding.away import AwayFollower
from search.feeding.turn import FolderTurn, Turn, among_machines

LOOK_AGAIN = 0.2  # seconds, while another process builds the index that this one is to read
_log = get_log("frontend.site")


class WrongFeed(Exception):
    """The database holds demonstration data and the settings say production, or the other way round."""


@dataclass(slots=True)
class Site:
    """Everything handlers reach through the request; built once, closed once."""

    settings: Settings
    engine: Engine
    search: SearchEngine
    index: chosen.Index
    away: chosen.Index | None
    accounts: AccountDesk
    answered: Remembered
    turn: Turn
    away_turn: Turn
    bases: Bases = field(default_factory=Bases)
    markets: Markets = field(default_factory=Markets)
    spreads: Kept = field(default_factory=Kept)
    briefs: Briefs[FoundOut] = field(default_factory=lambda: Briefs(brief))
    followers: tuple[follow.Follower, ...] = ()
    notices: Worker | None = None
    gate: Gate = field(default_factory=Gate)

    @property
    def demonstration(self) -> bool:
        return self.settings.mode is Mode.DEMONSTRATION


def open_site(settings: Settings) -> Site:
    """Open or create the database, check whose data it holds, and bring the search index up to date."""
    engine, accounts = make_engine(settings), AccountDesk.of(settings)
    try:
        _check(engine, settings.mode, accounts)
        with write_session(engine) as session:
            folder, days = settings.evidence_folder, settings.complaint_days
            erasing.purge(session, folder, now=clock.now(), kept_days=days)
    except BaseException:
        engine.dispose()
        raise
    index, turn = chosen.embedded(settings.index_dir), FolderTurn(settings.index_dir)
    away = chosen.away(settings)
    site = Site(
        settings=settings,
        engine=engine,
        search=chosen.StandingIn(away.engine, index.engine) if away else index.engine,
        index=index,
        away=away,
        accounts=accounts,
        answered=Remembered(settings.answers_remembered),
        turn=turn,
        away_turn=among_machines(engine, turn),
    )
    catch_up(site)
    return site


def _check(engine: Engine, mode: Mode, accounts: AccountDesk) -> None:
    """Bring the tables up and see whose data they hold."""
    revision.bring_up(engine)
    if mode is Mode.PRODUCTION:
        walls.require(engine)
    with write_session(engine) as session:
        feed.start(session, mode)
        name = feed.head(session).feed
        feedback.purge(session, now=clock.now())
        archive.purge(session, now=clock.now())
        sessions.purge(session, now=clock.now(), terms=accounts.terms)
    if name != mode:
        raise WrongFeed(f"The database holds {name} data, the settings say {mode}.")


def catch_up(site: Site) -> None:
    """Make the index speak for today, if writing it is our turn; else wait until another's can be read."""
    while not site.turn.take():
        if not site.index.writer.needs_rebuild():
            return
        time.sleep(LOOK_AGAIN)
    today = clock.today()
    count = follow.settle(site.engine, site.index.writer, on=today)
    if count is not None:
        _log.info("The search index was rebuilt.", documents=count)
        return
    while follow.step(site.engine, site.index.writer, on=today):
        pass


def start_following(site: Site) -> None:
    """The embedded index always, so that it can stand in; the one on a server where one is chosen.

    A server's index may be that of several machines, so whose turn it is there is asked of the database.
    """
    index = (site.index.engine, site.index.writer)
    site.followers = (follow.Follower(site.engine, index, clock.today, turn=site.turn),)
    if site.away is not None:
        away = (site.away.engine, site.away.writer)
        site.followers += (AwayFollower(site.engine, away, clock.today, turn=site.away_turn),)
    for follower in site.followers:
        follower.start()


def close_site(site: Site) -> None:
    if site.notices is not None:
        site.notices.stop()
    for follower in site.followers:
        follower.stop()
    site.index.writer.close()
    site.turn.give_back()
    site.away_turn.give_back()
    site.engine.dispose()


async def _site(request: Request) -> Site:
    """Asynchronous like every dependency that waits for nothing: it takes no thread."""
    found: Site = request.app.state.site
    return found


SiteDep = Annotated[Site, Depends(_site)]
