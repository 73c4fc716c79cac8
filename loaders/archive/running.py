"""Hands batches of documents to Dask, on this machine's cores or on a cluster, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from signal import SIG_IGN, SIGINT, signal
from threading import current_thread, main_thread
from typing import Any

import dask
from distributed import Client, Future, LocalCluster, Security, wait
from distributed.scheduler import KilledWorker

from loaders.archive.reading import Document, Part, failed_part, read_batch, signature
from loaders.errors import LoaderError

WAITING = 2
"""Batches a core has: one at work, and the next."""
PATIENCE = 30
"""Seconds in which a cluster must answer."""
LONELY = 120
"""Seconds in which a worker must come back where all are gone."""

_SETTINGS = {
    "distributed.scheduler.allowed-failures": 0,
    "distributed.admin.large-graph-warning-threshold": "1GB",
    # nothing is served but the work itself
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # what Dask remembers of tasks that are done holds their documents as well: memory would grow with the archive
    "distributed.admin.log-length": 10,
    "distributed.admin.low-level-log-length": 10,
    "distributed.diagnostics.computations.max-history": 1,
    "distributed.worker.profile.enabled": False,
}


@dataclass(frozen=True)
class Where:
    """Where documents are read: so many processes here (None: one a core), or a cluster's scheduler."""

    workers: int | None = None
    scheduler: str = ""


@contextmanager
def workers(where: Where, zone: str) -> Iterator[Client]:
    """A connection to workers that read as this process does.

    On this machine they are processes of their own, reachable from this machine alone and by a key of this run.

    Raises:
        LoaderError: No scheduler or no worker answers, or the workers have another Dateline.
    """
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS))
        client = stack.enter_context(_cluster(where) if where.scheduler else _local(where))
        _require_same_rules(client, where, zone)
        yield client


@contextmanager
def _local(where: Where) -> Iterator[Client]:
    security = Security.temporary()
    with _without_interrupt():
        cluster = LocalCluster(
            n_workers=where.workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            host="127.0.0.1",
            protocol="tls",
            security=security,
            silence_logs=50,
        )
    with cluster, Client(cluster, security=security) as client:
        yield client


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """Has the processes started meanwhile ignore Ctrl-C, which reaches them too: this one tells them to stop."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal(SIGINT, SIG_IGN)
    try:
        yield
    finally:
        signal(SIGINT, before)


@contextmanager
def _cluster(where: Where) -> Iterator[Client]:
    try:
        client = Client(where.scheduler, timeout=PATIENCE)
    except (OSError, ValueError, ImportError) as error:
        raise LoaderError(
            "no scheduler answers there",
            entry="--scheduler",
            value=where.scheduler,
            allowed="the address of a Dask scheduler, such as tcp://10.0.0.5:8786",
            advice=f"start one with `dask scheduler`, and workers with `dask worker` ({error})",
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise LoaderError(
                "the scheduler has no workers",
                entry="--scheduler",
                value=where.scheduler,
                advice="start some with: dask worker ADDRESS",
            ) from None
        yield client


def _require_same_rules(client: Client, where: Where, zone: str) -> None:
    own = signature(zone)
    try:
        found = set(client.run(signature, zone).values())
    except Exception as error:  # whatever an import on another machine can raise
        found = {f"{type(error).__name__}: {error}"}
    if found != {own}:
        raise LoaderError(
            "the workers do not have the same Dateline as this machine",
            entry="--scheduler" if where.scheduler else "",
            value="; ".join(sorted(found - {own})),
            allowed=own,
            advice="install this version on every worker, with: pip install -e '.[archive]'",
        )


def read_all(client: Client, batches: Iterator[Sequence[Document]], zone: str) -> Iterator[tuple[Part, ...]]:
    """What becomes of each batch, as it is done. Only the batches the workers have next are in memory.

    The documents of a worker that died are suspects: each is read once more with nothing beside it, so that who
    dies with the guilty one is not blamed. A document that kills its worker then has failed.

    Raises:
        LoaderError: No worker is left.
    """
    suspects: deque[Document] = deque()
    held: dict[Future[Any], Sequence[Document]] = {}
    alone = False
    while True:
        given: Iterable[Sequence[Document]] = ()
        if not held and (alone := bool(suspects)):
            _wait_for_worker(client)
            given = [[suspects.popleft()]]
        elif not alone and not suspects:
            room = WAITING * max(1, sum(client.nthreads().values())) - len(held)
            given = islice(batches, room)
        held |= {client.submit(read_batch, batch, zone, pure=False): batch for batch in given}
        if not held:
            return
        for future in _done_of(client, list(held)):
            batch = held[future]
            try:
                parts = future.result(timeout=PATIENCE)
            except TimeoutError:  # its worker died with the answer: it is worked out once more
                continue
            except KilledWorker:
                suspects.extend(() if alone else batch)
                parts = (failed_part(batch, _killed()),) if alone else ()
            except (
                Exception
            ) as error:  # what Dask itself can raise: these documents are tried in the next run
                parts = (failed_part(batch, error),)
            del held[future]
            future.release()
            if parts:
                yield parts


def _done_of(client: Client, futures: list[Future[Any]]) -> list[Future[Any]]:
    """The batches that are done, one at least."""
    while True:
        try:
            return list(wait(futures, timeout=PATIENCE, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            _wait_for_worker(client)


def _wait_for_worker(client: Client) -> None:
    """Returns when there is a worker, at once if there is one now."""
    try:
        client.wait_for_workers(1, timeout=LONELY)
    except TimeoutError:
        raise LoaderError(
            "no worker is left",
            advice="what was read is kept; run the same command again to go on",
        ) from None


def _killed() -> LoaderError:
    return LoaderError(
        "the process that read it died, most likely for want of memory",
        advice="cut it into several files, or give the workers more memory",
    )
