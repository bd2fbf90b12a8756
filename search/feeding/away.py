"""Keeps an index on another machine up to date: it may be away, and then the feed itself is the queue."""

from datetime import date

from registry.kit.log import get as get_log
from search.engine.ports import SearchUnavailable
from search.feeding import follow

AGAIN = 5.0  # seconds until a server that was away is asked again
_log = get_log("search.away")


class AwayFollower(follow.Follower):
    """Looks at every start, and after every fault, whether the index must be built anew; then follows."""

    _is_settled = False

    def _round(self, day: date) -> None:
        try:
            if not self._is_settled:
                count = follow.settle(self.engine, self._writer, on=day)
                if count is not None:
                    _log.info("The search server's index was rebuilt.", documents=count)
                self._is_settled = True
            super()._round(day)
        except SearchUnavailable as error:
            self._is_settled = False
            _log.warning("The search server is away; what is recorded waits in the feed.", error=str(error))
            self._stop_asked.wait(AGAIN)
