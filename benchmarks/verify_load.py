"""The page behind a QR code under load, beside a bare endpoint that runs the same SQL, in one run with `wrk`.

Twice: as the site is, where a number that was asked for before is answered from memory (both endpoints then
only ask where the register stands), and with that memory off, so that every answer is read and written anew.

python -m benchmarks.verify_load                      a register of 100,000 products, two processes
python -m benchmarks.verify_load --products 2000      a small one
"""

import argparse
import random
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlmodel import Session, col

from benchmarks._verify_sites import Sent, serving, statements
from frontend.site import catch_up, close_site, open_site
from registry.categories.service import MATERIAL_KIND
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft, append
from registry.changes.models import PublicCode
from registry.kit import migrate
from registry.kit.db import make_engine, read_session, write_session
from registry.kit.log import configure
from registry.kit.settings import Settings
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT
from seeds import load
from tests import factories

PRODUCTS, WORKERS, SECONDS, CONNECTIONS = 100_000, 2, 15, 32
ROWS = 5  # of a certificate: every fifth number that is scanned is a certificate's
ASKED = 2_000  # numbers asked for, in no order
BATCH = 1_000
SHARE, MOST_P99_MS = 0.5, 50.0  # the bar
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Measured:
    """What wrk saw: requests per second, the slowest of a hundred in milliseconds, and failures."""

    rate: float
    p99: float
    failed: str


def filled(session: Session, products: int) -> None:
    """The demonstration register is there with all its reference tables; this adds many invented products."""
    first = [
        Draft(sort, fact.id, factories.START, fact)
        for sort, fact in (
            (ORGANISATION, factories.organisation()),
            (ORGANISATION, factories.body()),
            (PLANT, factories.plant()),
            (MATERIAL_KIND, factories.kind()),
        )
    ]
    append(session, first, actor="benchmark", now=factories.NOW)
    for start in range(1, products + 1, BATCH):
        drafts = []
        for n in range(start, min(start + BATCH, products + 1)):
            made = factories.product(n)
            drafts.append(Draft(PRODUCT, made.id, factories.START, made))
            if n % ROWS == 0:
                rows = tuple(factories.scope_row(k, product_n=n - ROWS + k) for k in range(1, ROWS + 1))
                held = factories.certificate(n, rows=rows)
                drafts.append(Draft(CERTIFICATE, held.id, factories.START, held))
        append(session, drafts, actor="benchmark", now=factories.NOW)


def built(folder: Path, products: int) -> Settings:
    """A data folder with register and index."""
    settings = Settings(data_dir=folder, database_url="")
    engine = make_engine(settings)
    migrate.upgrade(engine)
    load.load(engine, now=factories.NOW)
    with write_session(engine) as session:
        filled(session, products)
    engine.dispose()
    opened = open_site(settings)
    catch_up(opened)
    close_site(opened)
    return settings


def numbers(settings: Settings) -> list[str]:
    """Numbers to ask for: certificates and products, drawn with a fixed seed."""
    engine = make_engine(settings)
    with read_session(engine) as session:
        wanted = ("product", "certificate")
        found = list(session.scalars(select(col(PublicCode.code)).where(col(PublicCode.kind).in_(wanted))))
    engine.dispose()
    return random.Random(20_261_121).sample(sorted(found), min(ASKED, len(found)))


def script(folder: Path, codes: Sequence[str], pause_ms: int) -> Path:
    """What wrk asks, in Lua; a pause between a connection's requests holds the rate down."""
    path = folder / f"ask-{pause_ms}.lua"
    listed = ",".join(f'"/v/{one}"' for one in codes)
    pause = f"function delay() return {pause_ms} end" if pause_ms else ""
    path.write_text(
        f"local paths = {{{listed}}}\nmath.randomseed(7)\n"
        f'request = function() return wrk.format("GET", paths[math.random(#paths)]) end\n{pause}\n'
    )
    return path


def measured(address: str, asking: Path, *, seconds: int, connections: int = CONNECTIONS) -> Measured:
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(asking), address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate, p99 = _RATE.search(said), _P99.search(said)
    assert rate is not None, said
    assert p99 is not None, said
    failed = re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", said)
    return Measured(float(rate[1]), float(p99[1]) * _MS[p99[2]], failed[0] if failed else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--keep", type=Path, help="Folder to build the register in once and find it again")
    given = parser.parse_args()
    console = Console()
    if shutil.which("wrk") is None:
        console.print("Not measured: `wrk` is not installed (Debian: apt install wrk).")
        return
    configure("json")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        _compared(console, folder, Path(temporary), products=given.products, seconds=given.seconds)


def _compared(console: Console, folder: Path, temporary: Path, *, products: int, seconds: int) -> None:
    first = folder / f"register-{products}"
    begun = time.perf_counter()
    settings = Settings(data_dir=first, database_url="") if first.exists() else built(first, products)
    console.print(f"Register of {products:,} products: {time.perf_counter() - begun:.0f} s")
    folders = [settings]
    for n in range(1, WORKERS):
        copy = temporary / f"copy-{n}"
        shutil.copytree(first, copy)
        folders.append(Settings(data_dir=copy, database_url=""))
    asked = statements(settings, numbers(settings))
    for most in (Settings().answers_remembered, 0):
        sent = [len(one.again if most else one.first) for one in asked.values()]
        console.print(f"\n{'As the site is' if most else 'With its memory off'}:")
        console.print(f"{sum(sent) / len(sent):.1f} statements for a number asked for before")
        sites = [one.model_copy(update={"answers_remembered": most}) for one in folders]
        _told(console, *_measured_both(sites, asked, temporary, seconds=seconds))


def _measured_both(
    sites: Sequence[Settings], asked: Mapping[str, Sent], temporary: Path, *, seconds: int
) -> tuple[Measured, Measured, Measured, int]:
    """The bare endpoint, the page, the page at half its rate, and the size of a page in bytes."""
    codes = list(asked)
    full = script(temporary, codes, 0)
    with serving(sites, asked) as site:
        measured(site.address, full, seconds=3)
        plain = measured(site.address, full, seconds=seconds)
    with serving(sites, None) as site:
        measured(site.address, full, seconds=3)
        page = measured(site.address, full, seconds=seconds)
        pause = round(CONNECTIONS / (page.rate / 2) * 1000)
        half = measured(site.address, script(temporary, codes, pause), seconds=seconds)
        with urllib.request.urlopen(f"{site.address}/v/{codes[0]}") as answer:
            size = len(answer.read())
    return plain, page, half, size


def _told(console: Console, plain: Measured, page: Measured, half: Measured, size: int) -> None:
    table = Table("what", "requests/s", "p99 ms", "failed")
    for name, one in (
        ("bare endpoint, same SQL", plain),
        (f"the page, {size} bytes", page),
        ("half that rate", half),
    ):
        table.add_row(name, f"{one.rate:.0f}", f"{one.p99:.1f}", one.failed or "none")
    console.print(table)
    share = page.rate / plain.rate
    good = share >= SHARE and half.p99 <= MOST_P99_MS
    console.print(f"{share:.0%} of the bare endpoint (bar {SHARE:.0%}),")
    console.print(f"p99 {half.p99:.1f} ms at {half.rate:.0f} requests/s (bar {MOST_P99_MS:.0f} ms):")
    console.print("met" if good else "NOT met")


if __name__ == "__main__":
    main()
