"""Everything in one download or followed record by record, under which terms, and how to prove it whole."""

from fastapi import APIRouter, Depends, Request, Response

from frontend.frame import LangPath
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views.help import ApiExample
from frontend.views.open_data import OpenDataView
from frontend.views.parts import Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes import feed
from registry.kit.db import read_session

router = APIRouter(dependencies=[Depends(May(Act.READ))])

# Ways to take the data away, the whole first; a way that this program does not have is not promised.
WAYS = (
    ("dump", "/api/v1/dump"),
    ("changes", "/api/v1/changes"),
    ("atom", "/api/v1/changes.atom"),
    ("search", "/api/v1/search"),
    ("schema", "/api/v1/openapi.json"),
)

# What a reader needs to check a page of records with nothing of ours; a test runs it as it stands here.
SCRIPT = """\
import hashlib, json, urllib.request

fields = ("effective_on", "key", "kind", "payload_sha256", "recorded_at", "seq", "version")
page = json.load(urllib.request.urlopen("{base}/api/v1/changes?after=0"))
for place, one in enumerate(page["items"], 1):
    header = json.dumps(
        {{name: one[name] for name in fields}}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert one["seq"] == place
    assert hashlib.sha256(one["payload"].encode()).hexdigest() == one["payload_sha256"]
    assert hashlib.sha256(header.encode()).hexdigest() == one["hash"]
print(len(page["items"]), "records, all intact")
"""


@router.get("/{lang}/open-data")
def open_data(request: Request, lang: LangPath, site: SiteDep) -> Response:
    words = Words(lang)
    base = site.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    with read_session(site.engine) as session:
        head = feed.head(session)
        newest = feed.after(session, head.seq - 1, limit=1) if head.seq else []
    known = _addresses(request)
    ways = tuple(
        (Link(words.say(f"open-data.{name}"), path), words.say(f"open-data.{name}.text"))
        for name, path in WAYS
        if path in known
    )
    follow = tuple(
        ApiExample(words.say(f"open-data.follow.{step}"), f"curl '{base}/api/v1/changes?after={after}'")
        for step, after in (("first", 0), ("then", head.seq))
    )
    view = OpenDataView(
        ways=ways,
        follow=follow,
        head=str(head.seq),
        digest=newest[0].hash if newest else "",
        script=SCRIPT.format(base=base),
        demonstration=site.demonstration,
    )
    return respond(request, lang, "open_data.html", view=view)


def _addresses(request: Request) -> frozenset[str]:
    """What this program answers at, by its own description."""
    return frozenset({*request.app.openapi()["paths"], request.app.openapi_url})
