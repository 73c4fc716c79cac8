"""Hands batches of documents to Dask, on this machine's cores or on a cluster, a few at a time."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import dask
from distributed import Client, LocalCluster, Security, as_completed
from distributed.scheduler import KilledWorker

from loaders.archive.reading import Document, Part, failed_part, read_batch, signature
from loaders.errors import LoaderError

WAITING = 2
"""Batches a core has: one at work, and the next."""
PATIENCE = 30
"""Seconds in which a cluster must answer."""


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
    settings = {
        "distributed.scheduler.allowed-failures": 1,
        "distributed.admin.large-graph-warning-threshold": "1GB",
    }
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(settings))
        client = stack.enter_context(_cluster(where) if where.scheduler else _local(where))
        _require_same_rules(client, where, zone)
        yield client


@contextmanager
def _local(where: Where) -> Iterator[Client]:
    security = Security.temporary()
    with (
        LocalCluster(
            n_workers=where.workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
            protocol="tls",
            security=security,
            silence_logs=50,
        ) as cluster,
        Client(cluster, security=security) as client,
    ):
        yield client


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

    A batch whose worker dies is read again document by document; one that kills its worker alone has failed.
    """
    again: deque[Sequence[Document]] = deque()
    held: dict[object, Sequence[Document]] = {}
    done = as_completed()

    def hand_out() -> None:
        room = WAITING * max(1, sum(client.nthreads().values()))
        while len(held) < room:
            batch = again.popleft() if again else next(batches, None)
            if batch is None:
                return
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                future = client.submit(read_batch, batch, zone, pure=False)
            held[future.key] = batch
            done.add(future)

    hand_out()
    for future in done:
        batch, error = held.pop(future.key), future.exception()
        if error is None:
            yield future.result()
        elif len(batch) > 1 and isinstance(error, KilledWorker):
            again.extend([document] for document in batch)
        elif isinstance(error, KilledWorker):
            yield (failed_part(batch, _killed()),)
        else:
            yield (failed_part(batch, error),)
        future.release()
        hand_out()


def _killed() -> LoaderError:
    return LoaderError(
        "the process that read it died, most likely for want of memory",
        advice="cut it into several files, or give the workers more memory",
    )
